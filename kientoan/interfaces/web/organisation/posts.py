"""Changing posts, people and who holds what."""

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
from kientoan.engines.vietnamese import fold

from ..http import Request
from ..notices import tell
from ..wording import span_text
from .days import days_of, seen_days, telling_stale_days
from .edits import show_form, unit_on
from .fields import seen_values
from .forms import NEW, AppointForm, DaysForm, NewPostForm, PersonForm, PostForm, names_of
from .refusals import explained
from .rights import acting_viewer
from .undoing import way_back, with_undo
from .warnings import warn_of_clashes


def post_add(request: Request, pk: int) -> HttpResponse:
    """A new post in a unit."""
    viewer, shown = acting_viewer(request), unit_on(pk, request)
    require_organiser(viewer, pk)
    form = NewPostForm(request.POST or None, initial={"start": request.today})
    if request.method == "POST" and form.is_valid():
        data, unit, at = form.cleaned_data, Unit.objects.get(pk=pk), timezone.now()
        with explained(form):
            post, undo = with_undo(lambda: operations.add_post(unit=unit, **data, viewer=viewer, at=at))
            tell(request, gettext("Đã thêm chức danh %(title)s.") % {"title": post.title}, undo=undo)
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
    initial = {"title": post.title, "rank": post.rank, "standing": post.standing}
    form = PostForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data, seen, at = form.cleaned_data, seen_values(form), timezone.now()
        _, undo = with_undo(
            lambda: operations.correct_post(post=post, **data, seen=seen, viewer=viewer, at=at)
        )
        tell(request, gettext("Đã đính chính."), undo=undo)
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
        data, seen, at = form.cleaned_data, seen_values(form), timezone.now()
        _, undo = with_undo(
            lambda: operations.rename_person(person=person, **data, seen=seen, viewer=viewer, at=at)
        )
        tell(request, gettext("Đã sửa tên."), undo=undo)
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
        with explained(form):
            held, undo = with_undo(lambda: _appoint(form, post, viewer))
            tell(request, gettext("Đã ghi %(person)s giữ chức.") % {"person": held.person}, undo=undo)
            warn_of_clashes(request, held)
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
    form = DaysForm(request.POST or None, initial=days_of(row.in_force))
    if request.method == "POST" and form.is_valid():
        with explained(form), telling_stale_days(form):
            changed, undo = with_undo(lambda: _change(form, row, viewer))
            tell(request, gettext("Đã ghi: %(span)s.") % {"span": span_text(changed.in_force)}, undo=undo)
            return redirect(back)
    lead = gettext("Ghi ngày cuối để kết thúc; xóa ngày cuối để tiếp tục giữ chức.")
    return show_form(
        request, form, title=f"{row.person} – {row.post}", lead=lead, submit=gettext("Lưu"), back=back,
        undo=way_back(operations.last_written(row)),
    )  # fmt: skip


def _change(form: DaysForm, row: Membership, viewer: Viewer) -> Membership:
    return operations.change_membership(
        membership=row, start=form.cleaned_data["start"], end=form.end(), seen=seen_days(form),
        viewer=viewer, at=timezone.now(),
    )  # fmt: skip
