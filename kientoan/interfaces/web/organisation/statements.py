"""What people answer to the data recorded about them, and the answers of the officers who keep it."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from kientoan.domains.organisation import operations
from kientoan.domains.organisation.access import NotAllowed, answered_statements, visible_statements
from kientoan.domains.organisation.models import Membership, Person, Role, Statement
from kientoan.domains.organisation.queries import units_on

from ..http import Request
from ..notices import tell, warn
from .edits import show_form
from .refusals import explained, words_of
from .rights import acting_viewer

PER_PAGE = 30


class StatementForm(forms.Form):
    """What is wrong or missing, and where."""

    membership = forms.TypedChoiceField(
        label=_("Về mục nào"), required=False, coerce=int, empty_value=None, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("Chỗ nào sai hoặc thiếu, đúng ra là gì?"), max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Chỉ nói về dữ liệu: tên, chức danh, ngày tháng, văn bản."),
    )  # fmt: skip

    def offer(self, memberships: list[tuple[int, str]]) -> None:
        """The times in posts that it can be about."""
        field = self.fields["membership"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", gettext("Mục khác (họ tên, tài khoản …)")), *memberships]


class AnswerForm(forms.Form):
    """What was done about it, or why nothing."""

    answer = forms.CharField(
        label=_("Trả lời"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Nói rõ đã sửa gì, hoặc vì sao giữ nguyên, theo văn bản nào."),
    )  # fmt: skip


def statement_add(request: Request) -> HttpResponse:
    """I answer to what is recorded about me."""
    person = Person.objects.filter(user=request.user).first()
    if person is None:
        raise Http404
    held = list(Membership.objects.filter(person=person).select_related("post").order_by("-in_force"))
    units = units_on(request.day, {row.post.unit_id for row in held}) if held else {}
    form = StatementForm(request.POST or None)
    form.offer([(row.pk, f"{row.post}, {units[row.post.unit_id]}") for row in held])
    if request.method == "POST" and form.is_valid():
        data: dict[str, Any] = form.cleaned_data
        about = next((row for row in held if row.pk == data["membership"]), None)
        statement = operations.make_statement(
            person=person, text=data["text"], membership=about, viewer=request.viewer, at=timezone.now()
        )
        undo = reverse("statement_withdraw", args=[statement.pk])
        tell(request, gettext("Đã gửi phản hồi tới cán bộ tổ chức."), undo=undo)
        return redirect("profile")
    return show_form(
        request, form, title=gettext("Phản hồi về dữ liệu ghi về tôi"), submit=gettext("Gửi phản hồi"),
        lead=gettext("Cán bộ tổ chức của đơn vị đọc và trả lời; bạn thấy câu trả lời ở “Hồ sơ của tôi”."),
        back=reverse("profile"),
    )  # fmt: skip


@require_POST
def statement_withdraw(request: Request, pk: int) -> HttpResponse:
    """I take my statement back while nobody answered."""
    statement = get_object_or_404(visible_statements(request.viewer), pk=pk)
    try:
        operations.withdraw_statement(statement=statement, viewer=request.viewer, at=timezone.now())
    except operations.AnsweredAlready as error:
        warn(request, words_of(error))
    else:
        tell(request, gettext("Đã rút phản hồi."))
    return redirect("profile")


def statement_list(request: Request) -> HttpResponse:
    """What the officer has to answer, oldest first; `?done=1`: what was answered."""
    viewer = acting_viewer(request)
    if not viewer.has(Role.PERSONNEL, Role.ADMIN):
        raise NotAllowed(Role.PERSONNEL, Role.ADMIN)
    done = request.GET.get("done") == "1"
    rows = answered_statements(viewer).select_related("person", "membership__post", "answered_by")
    rows = rows.exclude(answer="").order_by("-at") if done else rows.filter(answer="").order_by("at")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "organisation/statements.html", {"page_obj": page, "done": done})


def statement_answer(request: Request, pk: int) -> HttpResponse:
    """The officer answers."""
    viewer = acting_viewer(request)
    rows = answered_statements(viewer).select_related("person", "membership__post")
    statement = get_object_or_404(rows, pk=pk)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer, at = form.cleaned_data["answer"], timezone.now()
        with explained(form):
            operations.answer_statement(statement=statement, answer=answer, viewer=viewer, at=at)
            undo = reverse("statement_take_back", args=[pk])
            tell(request, gettext("Đã trả lời %(name)s.") % {"name": statement.person}, undo=undo)
            return redirect("statement_list")
    return show_form(
        request, form, title=gettext("Trả lời %(name)s") % {"name": statement.person}, lead=statement.text,
        submit=gettext("Trả lời"), back=reverse("statement_list"),
    )  # fmt: skip


@require_POST
def statement_take_back(request: Request, pk: int) -> HttpResponse:
    """The officer takes the own answer back."""
    viewer = acting_viewer(request)
    statement: Statement = get_object_or_404(answered_statements(viewer), pk=pk)
    operations.take_back_answer(statement=statement, viewer=viewer, at=timezone.now())
    tell(request, gettext("Đã rút câu trả lời."))
    return redirect("statement_list")
