"""The set-up of an empty installation, one's own profile and security."""

from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kientoan.domains.audit.queries import latest_acts
from kientoan.domains.organisation import operations
from kientoan.domains.organisation.models import Installation, Person
from kientoan.domains.organisation.queries import administrators_on, own_grants, person_page_of, statements_of
from kientoan.domains.reorganisation.queries import waiting_roles

from ..administration.acts import spoken
from ..http import Request
from ..notices import tell
from .forms import SetupForm


@login_not_required
@never_cache
@sensitive_post_parameters("password1", "password2")
def setup(request: Request) -> HttpResponse:
    """The first page of an empty installation; afterwards it does not exist."""
    if Installation.objects.exists():
        raise Http404
    initial = {"start": request.today.replace(month=1, day=1)}
    form = SetupForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            _set_up(form, request)
        except operations.AlreadySetUp:
            form.add_error(None, gettext("Đã có người khác vừa thiết lập xong. Hãy đăng nhập."))
        except operations.UsernameTaken:
            form.add_error("username", gettext("Tên đăng nhập này đã có. Hãy chọn tên khác."))
        else:
            tell(request, gettext("Đã thiết lập xong. Hãy đăng nhập bằng tài khoản vừa tạo."))
            return redirect("account_login")
    return render(request, "setup/setup.html", {"form": form})


def _set_up(form: SetupForm, request: Request) -> None:
    data = form.cleaned_data
    operations.set_up(
        root=operations.RootUnit(data["name"], data["kind"], data["code"]),
        admin=operations.AccountDetails(data["username"], data["full_name"]),
        password=data["password1"],
        start=data["start"],
        day=request.today,
        at=timezone.now(),
    )


def profile(request: Request) -> HttpResponse:
    """What is recorded about me: posts, roles, what I did last; and whom to ask when I have no role."""
    person = Person.objects.filter(user=request.user).first()
    return render(
        request,
        "account/profile.html",
        {
            "page": person_page_of(person, request.day) if person else None,
            "person": person,
            "statements": statements_of(person) if person else [],
            "grants": own_grants(request.user, request.today),
            "entries": spoken(latest_acts(request.user), request.day),
            "waiting_roles": waiting_roles(request.user, request.today),
            "administrators": administrators_on(request.today) if not request.viewer.grants else [],
        },
    )


def security(request: Request) -> HttpResponse:
    """Password, second factor, sessions."""
    return render(
        request,
        "account/security.html",
        {
            "has_second_factor": is_mfa_enabled(request.user),
            "session_count": UserSession.objects.filter(user=request.user).count(),
        },
    )


@require_POST
def end_all_sessions(request: Request) -> HttpResponse:
    """Sign out on every device, this one too."""
    operations.end_sessions(account=request.user, viewer=request.viewer, at=timezone.now())
    request.session.flush()
    tell(request, gettext("Đã đăng xuất khỏi mọi thiết bị."))
    return redirect("account_login")
