"""The reporting grid: a form like a sheet, complete without scripts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kientoan.domains.audit.models import Entry
from kientoan.domains.documents.operations import store_file
from kientoan.domains.language.lookups import SortKey
from kientoan.domains.plans.queries.reporting import ReportRow, report_rows
from kientoan.domains.plans.queries.target_words import number, plan_text
from kientoan.domains.results.errors import Conflict, Refused, StaleFigures
from kientoan.domains.results.models import Indicator, Observation
from kientoan.domains.results.operations import figures, submissions
from kientoan.domains.results.operations.figures import Cell, Pair
from kientoan.domains.results.queries.submissions import (
    NOTHING_BEFORE,
    Before,
    counting_elsewhere,
    entered,
    figures_before,
)
from kientoan.domains.results.rules import parse_value
from kientoan.engines.vietnamese import NumberError, format_number

from .. import notices
from ..http import Request, moment
from .forms import SourceForm
from .loading import Sheet, charged_of, sheet_or_404


@dataclass
class Line:
    """One line of the grid: what is asked, what stands, what was typed and what is wrong with it."""

    row: ReportRow
    number: int
    before: Before
    standing: Observation | None
    approved: Observation | None
    typed: str = ""
    note: str = ""
    seen: int = 0
    error: str = ""
    conflict: Conflict | None = None

    @property
    def key(self) -> str:
        """Names the inputs of the line."""
        return f"{self.row.indicator.pk}-{self.row.unit.id}"

    @property
    def plan(self) -> str:
        """The target that the figure serves, short."""
        target = self.row.target
        return plan_text(target.operator, target.low, target.high) if target else ""

    @property
    def shown(self) -> str:
        """The figure that stands, with every place it has."""
        return number(self.standing.value, self.row.indicator.decimals) if self.standing else ""

    @property
    def asks(self) -> bool:
        """Whether the figure that stands deserves a question."""
        return self.standing is not None and self.before.asks(self.standing.value)


@dataclass
class Grid:
    """The lines of a submission, and what was read from a posted form."""

    sheet: Sheet
    lines: list[Line]
    charged: frozenset[Pair]
    cells: list[Cell] = field(default_factory=list)

    @property
    def wrong(self) -> list[Line]:
        """The lines with a fault."""
        return [line for line in self.lines if line.error]

    @property
    def filled(self) -> int:
        """How many figures stand."""
        return sum(line.standing is not None for line in self.lines)

    def read(self, data: QueryDict) -> None:
        """Take the posted texts into lines and cells; faults go to their lines."""
        for line in self.lines:
            if f"v-{line.key}" not in data or line.approved is not None:
                continue
            line.typed = data.get(f"v-{line.key}", "").strip()
            line.note = data.get(f"n-{line.key}", "").strip()[:500]
            seen = data.get(f"s-{line.key}", "0")
            line.seen = int(seen) if seen.isdecimal() else 0
            try:
                value = parse_value(line.typed) if line.typed else None
            except NumberError as error:
                line.error = str(error)
                continue
            self.cells.append(Cell(line.row.indicator.pk, line.row.unit.id, value, line.note, line.seen))

    def show(self, conflicts: Iterable[Conflict]) -> None:
        """Put what others saved beside the lines; the next save knows of it."""
        found = {(one.indicator_id, one.unit_id): one for one in conflicts}
        for line in self.lines:
            if conflict := found.get(line.row.pair):
                line.conflict, line.seen = conflict, conflict.version


def grid_of(request: Request, sheet: Sheet) -> Grid:
    """All lines of a submission in a handful of statements."""
    submission = sheet.submission
    standing = entered(submission)
    extra = [int(key) for key in request.GET.getlist("them") if key.isdecimal()]
    rows = _rows(request, sheet, standing, extra)
    pairs = [row.pair for row in rows]
    before = figures_before(pairs, submission.period, request.day)
    approved = counting_elsewhere(submission, pairs) if sheet.may_edit or sheet.may_approve_own else {}
    lines = [_line(number, row, before, standing, approved) for number, row in enumerate(rows, start=1)]
    return Grid(sheet, lines, charged_of(request, sheet.unit.id))


def _rows(
    request: Request, sheet: Sheet, standing: Mapping[Pair, Observation], extra: list[int]
) -> list[ReportRow]:
    """What is asked and what stands; of a submission that is closed only what stands."""
    unit, period = sheet.unit.id, sheet.submission.period
    asked = report_rows(
        unit_id=unit, period=period, day=request.day, extra=extra, entered=frozenset(standing),
        ahead=request.viewer.changes_ahead,
    )  # fmt: skip
    return asked if sheet.may_edit else [row for row in asked if row.pair in standing]


def _line(
    number: int,
    row: ReportRow,
    before: Mapping[Pair, Before],
    standing: Mapping[Pair, Observation],
    approved: Mapping[Pair, Observation],
) -> Line:
    held = standing.get(row.pair)
    return Line(
        row=row,
        number=number,
        before=before.get(row.pair, NOTHING_BEFORE),
        standing=held,
        approved=approved.get(row.pair) if held is None else None,
        typed=format_number(held.value.normalize()) if held else "",
        note=held.note if held else "",
        seen=held.row_version if held else 0,
    )


def submission_edit(request: Request, submission_id: int) -> HttpResponse:
    """See a submission; enter, save and hand it in. `act`: save, submit or approve."""
    sheet = sheet_or_404(request, submission_id)
    grid = grid_of(request, sheet)
    if request.method != "POST":
        return _page(request, grid, _source_form(sheet))
    form = SourceForm(request.POST, request.FILES)
    grid.read(request.POST)
    if not form.is_valid() or grid.wrong:
        return _page(request, grid, form, status=422)
    try:
        saved = _save(request, grid, form)
        return _go_on(request, sheet, saved)
    except StaleFigures as stale:
        grid.show(stale.conflicts)
        return _page(request, grid, form, refusal=str(stale), status=409)
    except Refused as refusal:
        return _page(request, grid, form, refusal=str(refusal), status=422)


def _save(request: Request, grid: Grid, form: SourceForm) -> Entry | None:
    submission, at = grid.sheet.submission, moment(request)
    saved = figures.enter_figures(
        submission_id=submission.pk, cells=grid.cells, viewer=request.viewer, at=at, charged=grid.charged
    )
    upload, source, note = (form.cleaned_data[name] for name in ("file", "source", "note"))
    if upload or (source, note) != (submission.source, submission.note):
        kept = [] if upload is None else [
            store_file(data=upload.read(), name=upload.name, media_type=upload.content_type or "", at=at)
        ]  # fmt: skip
        submissions.describe(
            submission_id=submission.pk, source=source, note=note, files=kept, viewer=request.viewer, at=at
        )
    return saved.entry


def _go_on(request: Request, sheet: Sheet, entry: Entry | None) -> HttpResponse:
    """After a save: stay, hand in, or approve one's own entry."""
    act, pk = request.POST.get("act", "save"), sheet.submission.pk
    doing = {"submission_id": pk, "viewer": request.viewer, "at": moment(request)}
    if act == "submit":
        submissions.submit(**doing)  # type: ignore[arg-type]
        notices.tell(request, _("Đã gửi số liệu. Thủ trưởng đơn vị sẽ xem và duyệt."))
        return redirect("submission_list")
    if act == "approve":
        submissions.approve(**doing)  # type: ignore[arg-type]
        notices.tell(request, _("Đã duyệt. Số liệu được tính từ lúc này."))
        return redirect("submission_edit", pk)
    if entry is None:
        notices.tell(request, _("Không có ô nào thay đổi."))
    else:
        count = entry.detail["cells"]
        words = _("Đã lưu %(count)s ô.") % {"count": count}
        notices.tell(request, words, undo=reverse("submission_undo", args=[pk, entry.pk]))
    return redirect("submission_edit", pk)


def _source_form(sheet: Sheet) -> SourceForm:
    return SourceForm(initial={"source": sheet.submission.source, "note": sheet.submission.note})


def _page(
    request: Request, grid: Grid, form: SourceForm, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "sheet": grid.sheet,
        "submission": grid.sheet.submission,
        "grid": grid,
        "form": form,
        "refusal": refusal,
        "addable": _addable(grid) if grid.sheet.may_edit else [],
    }
    return render(request, "results/edit.html", context, status=status)


def _addable(grid: Grid) -> QuerySet[Indicator]:
    """Indicators that could be reported besides those asked for."""
    shown = {line.row.indicator.pk for line in grid.lines}
    return Indicator.objects.exclude(pk__in=shown).order_by(SortKey("name"))


@require_POST
def submission_undo(request: Request, submission_id: int, entry_id: int) -> HttpResponse:
    """Put the cells of the last save back."""
    sheet = sheet_or_404(request, submission_id)
    try:
        figures.undo_figures(
            entry_id=Entry.objects.get(
                pk=entry_id, subject_type="results.submission", subject_id=submission_id
            ).pk,
            viewer=request.viewer,
            at=moment(request),
            charged=charged_of(request, sheet.unit.id),
        )
    except (Refused, Entry.DoesNotExist):
        notices.warn(request, _("Không hoàn tác được: các ô này đã được sửa tiếp hoặc phiếu đã gửi."))
    else:
        notices.tell(request, _("Đã hoàn tác lần lưu vừa rồi."))
    return redirect("submission_edit", submission_id)
