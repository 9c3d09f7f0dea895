"""What the page shell needs: the menu for the viewer's roles, the day, the installation."""

from typing import Any

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """Variables of `base.html`."""
    viewer = getattr(request, "viewer", None)
    return {
        "viewer": viewer,
        "day": getattr(request, "day", None),
        "today": getattr(request, "today", None),
        "installation": getattr(request, "installation", None),
    }
