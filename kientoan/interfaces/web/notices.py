"""Messages to the person who has just done something, with a way back where there is one."""

from django.contrib import messages
from django.http import HttpRequest

UNDO = "undo:"


def tell(request: HttpRequest, text: str, *, undo: str = "", level: int = messages.SUCCESS) -> None:
    """Show `text` on the next page; `undo` is an address that takes back the act when posted to."""
    messages.add_message(request, level, text, extra_tags=f"{UNDO}{undo}" if undo else "")


def warn(request: HttpRequest, text: str) -> None:
    """Show a warning on the next page."""
    messages.add_message(request, messages.WARNING, text)


def undo_address(extra_tags: str | None) -> str:
    """The address to post to for taking back, or '' when there is none."""
    return extra_tags.removeprefix(UNDO) if extra_tags and extra_tags.startswith(UNDO) else ""
