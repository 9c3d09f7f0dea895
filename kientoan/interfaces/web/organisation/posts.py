"""Changing posts, people and who holds what."""

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from kientoan.domains.organisation import operations
from kientoan.domains.organisation.access import NotAllowed, Viewer, edited_people, require_organiser
from kientoan.domains.organisation.models import Membership, Person, Post, Role, Unit
from kientoan.domains.organisation.queries import posts_of, search_people
from kientoan.domains.temporal.models import Stale, since
from kientoan.engines.vietnamese import fold

from ..http import Request
from ..notices import tell
from ..wording import span_text
from .edits import show_form, unit_on
from .fields import seen_values
from .forms import NEW, AppointForm, DaysForm, NewPostForm, PersonForm, PostForm, first_day_after, names_of
from .refusals import explained
from .rights import acting_viewer


def post_add(request: Request, pk: int) -> HttpResponse:
    """A new post in a unit."""
    viewer, shown = acting_viewer(request), unit_on(pk, request)
    require_organiser(viewer, pk)
    form = NewPostForm(request.POST or None, initial={"start": request.today})
    if request.method == "POST" and form.is_valid():
        data, post = form.cleaned_data, None
        with explained(form):
            post = operations.add_post(unit=Unit.objects.get(pk=pk), **data, viewer=viewer, at=timezone.now())
        if post is not None:
            tell(request, gettext("Đã thêm chức danh %(title)s.") % {"title": post.title})
            return redirect("unit_detail", pk)
    return show_form(
        request, form, title=gettext("Thêm chức danh của %(name)s") % {"name": shown.name},
        submit=gettext("Thêm chức danh"), back=reverse("unit_detail", args=[pk]),
    )  # fmt: skip


def post_correct(request: Request, pk: int) -> HttpResponse:
    """Correct the title or rank of a post."""
    post = get_object_or_404(Post, pk=pk)
    viewer, back = acting_viewer(request), reverse("unit_detail", args=[post.unit_id])
    require_organiser(viewer, post.unit_id)
    form = PostForm(request.POST or None, initial={"title": post.title, "rank": post.rank})
    if request.method == "POST" and form.is_valid():
        operations.correct_post(
            post=post, **form.cleaned_data, seen=seen_values(form), viewer=viewer, at=timezone.now()
        )
        tell(request, gettext("Đã đính chính."))
        return redirect(back)
    title = gettext("Đính chính chức danh %(title)s") % {"title": post.title}
    return show_form(request, form, title=title, submit=gettext("Lưu"), back=back)


def person_add(request: Request) -> HttpResponse:
    """A new person, in no post yet."""
    viewer = acting_viewer(request)
    if not viewer.has(Role.PERSONNEL, Role.ADMIN):
        raise NotAllowed(Role.PERSONNEL, Role.ADMIN)
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = operations.add_person(**form.cleaned_data, viewer=viewer, at=timezone.now())
        tell(request, gettext("Đã thêm %(name)s.") % {"name": person.full_name})
        return redirect("person_detail", person.pk)
    title = gettext("Thêm cán bộ")
    lead = gettext("Người mới giữ một chức danh thì bổ nhiệm ngay ở trang của đơn vị, không cần thêm ở đây.")
    return show_form(request, form, title=title, lead=lead, submit=title, back=reverse("people"))


def person_rename(request: Request, pk: int) -> HttpResponse:
    """Correct the name of a person."""
    viewer, person = acting_viewer(request), get_object_or_404(Person, pk=pk)
    if not edited_people(viewer).filter(pk=pk).exists():
        raise NotAllowed(Role.PERSONNEL, Role.ADMIN)
    form = PersonForm(request.POST or None, initial={"full_name": person.full_name})
    back = reverse("person_detail", args=[pk])
    if request.method == "POST" and form.is_valid():
        operations.rename_person(
            person=person, **form.cleaned_data, seen=seen_values(form), viewer=viewer, at=timezone.now()
        )
        tell(request, gettext("Đã sửa tên."))
        return redirect(back)
    return show_form(request, form, title=gettext("Sửa tên cán bộ"), submit=gettext("Lưu"), back=back)


def appoint(request: Request, pk: int) -> HttpResponse:
    """Who takes a post, from when. A name that exists asks which person is meant."""
    post = get_object_or_404(Post, pk=pk)
    viewer, shown = acting_viewer(request), unit_on(post.unit_id, request)
    require_organiser(viewer, post.unit_id)
    form = AppointForm(request.POST or None, initial={"start": request.today})
    form.offer(names_of(search_people("")), _same_name(request.POST.get("full_name", ""), viewer))
    if request.method == "POST" and form.is_valid():
        membership = None
        with explained(form):
            membership = _appoint(form, post, viewer)
        if membership is not None:
            tell(request, gettext("Đã ghi %(person)s giữ chức.") % {"person": membership.person})
            return redirect("unit_detail", post.unit_id)
    title = gettext("Ai giữ chức %(title)s?") % {"title": post.title}
    return show_form(
        request, form, title=title, lead=shown.name, submit=gettext("Ghi giữ chức"),
        back=reverse("unit_detail", args=[post.unit_id]),
    )  # fmt: skip


def _same_name(name: str, viewer: Viewer) -> list[tuple[Person, str]]:
    """People of this very name (diacritics aside) with what they do, to tell them apart."""
    wanted = fold(" ".join(name.split()))
    people = [person for person in search_people(name) if fold(person.full_name) == wanted] if wanted else []
    posts = posts_of([person.pk for person in people], viewer.day) if people else {}
    none = gettext("chưa giữ chức danh nào")
    return [
        (person, "; ".join(f"{post.title}, {unit.name}" for post, unit in posts.get(person.pk, [])) or none)
        for person in people
    ]


def _appoint(form: AppointForm, post: Post, viewer: Viewer) -> Membership:
    """Appoint the chosen person, or a new one made for it: both or neither."""
    data: dict[str, Any] = form.cleaned_data
    chosen = data.get("person", NEW)
    known = None if chosen == NEW else Person.objects.get(pk=chosen)
    return operations.appoint_person(
        person=known, new_name=data["full_name"], post=post, kind=data["kind"], start=data["start"],
        end=form.end(), viewer=viewer, at=timezone.now(),
    )  # fmt: skip


def membership_change(request: Request, pk: int) -> HttpResponse:
    """The days of an appointment: its end, or a correction."""
    row = Membership.objects.select_related("person", "post").filter(pk=pk).first()
    if row is None:
        raise Http404
    viewer, back = acting_viewer(request), reverse("unit_detail", args=[row.post.unit_id])
    require_organiser(viewer, row.post.unit_id)
    form = DaysForm(request.POST or None, initial=_days_of(row))
    if request.method == "POST" and form.is_valid():
        changed = None
        with explained(form):
            changed = _change(form, row, viewer)
        if changed is not None:
            tell(request, gettext("Đã ghi: %(span)s.") % {"span": span_text(changed.in_force)})
            return redirect(back)
    lead = gettext("Ghi ngày cuối để kết thúc; xóa ngày cuối để tiếp tục giữ chức.")
    return show_form(
        request, form, title=f"{row.person} – {row.post}", lead=lead, submit=gettext("Lưu"), back=back
    )


def _days_of(row: Membership) -> dict[str, Any]:
    upper = row.in_force.upper
    return {"start": row.in_force.lower, "last_day": upper - timedelta(days=1) if upper else None}


def _change(form: DaysForm, row: Membership, viewer: Viewer) -> Membership | None:
    """Save the days; when somebody else changed them meanwhile, say so in the form."""
    seen = seen_values(form)
    opened_with = since(seen["start"], first_day_after(seen["last_day"]))
    try:
        return operations.change_membership(
            membership=row, start=form.cleaned_data["start"], end=form.end(),
            seen={"in_force": opened_with}, viewer=viewer, at=timezone.now(),
        )  # fmt: skip
    except Stale as stale:
        _then, now = stale.changes["in_force"]
        message = gettext("Trong lúc bạn nhập, người khác đã sửa thành: %(span)s. Hãy mở lại trang rồi sửa.")
        form.add_error(None, message % {"span": span_text(now)})
        return None
