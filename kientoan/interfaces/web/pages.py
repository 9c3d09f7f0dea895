"""Home, search and the choice of language."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.i18n import set_language

from kientoan.domains.reorganisation.queries import waiting_roles

from . import home as home_queries
from . import searching
from .context import address_of, menu_of, starts_at_board
from .http import Request


@login_not_required
def home(request: Request) -> HttpResponse:
    """What is waiting for me today; the set-up before there is anything."""
    if request.installation is None and (setup := address_of("setup")):
        return redirect(setup)
    if request.viewer is None:
        return redirect(settings.LOGIN_URL)
    if starts_at_board(request.viewer):
        return redirect(address_of("board"))
    context = {
        "waiting": home_queries.waiting(request.viewer, request.day),
        "rows": home_queries.next_tasks(request.viewer, request.day),
        "task_list": address_of("task_list"),
        "waiting_roles": [] if request.viewer.roles else waiting_roles(request.user, request.today),
        "starts": [link for link in menu_of(request.viewer, request.path) if link.entry.name != "home"],
    }
    return render(request, "home.html", context)


@login_not_required
def choose_language(request: HttpRequest) -> HttpResponse:
    """Change the language for this browser, and for the account of who is signed in."""
    response = set_language(request)
    language = request.POST.get("language", "")
    if request.method == "POST" and request.user.is_authenticated and language in dict(settings.LANGUAGES):
        request.user.language = language
        request.user.save(update_fields=["language"])
    return response


def search(request: Request) -> HttpResponse:
    """Documents, tasks, targets, units and people whose words match, as far as the viewer may see them."""
    text = " ".join(request.GET.get("q", "").split())[:200]
    groups = searching.search(text, viewer=request.viewer, day=request.day) if text else []
    return render(request, "search.html", {"text": text, "groups": groups})
