"""Reports made from the board: a Word report of a period, an Excel workbook of all tasks and targets."""

from datetime import date
from io import BytesIO

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from kientoan.domains.audit.operations import record
from kientoan.domains.organisation.looking_back import require_to_see
from kientoan.domains.organisation.models import Role, UnitKind
from kientoan.domains.organisation.queries import ancestor_ids, children_ids, holders_on, units_on
from kientoan.domains.plans.queries import tasks
from kientoan.domains.plans.queries.handing import head_posts
from kientoan.domains.plans.target_table import target_sheet
from kientoan.domains.plans.task_table import task_sheet
from kientoan.domains.reports import content
from kientoan.domains.reports.queries import board as boards
from kientoan.engines.periods import HALF, MONTH, QUARTER, YEAR, Period, PeriodError, parse_period

from ..http import Request
from ..spreadsheets import workbook_answer
from ..wording import day_text

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
REPORTERS = (Role.MONITOR, Role.LEADER, Role.HEAD, Role.INSPECTOR)


def report_list(request: Request) -> HttpResponse:
    """Choose unit and period; what the report will say; the files."""
    require_to_see(request.viewer, *REPORTERS)
    unit = _unit(request)
    period = _period(request)
    context = {
        "unit": units_on(request.day, [unit])[unit],
        "units": units_on(request.day, request.viewer.unit_ids(*REPORTERS)).values(),
        "period": period,
        "periods": _periods(request.day),
        "as_of": _as_of(period, request.day),
        "board": boards.board(request.viewer, unit, _as_of(period, request.day), period.year),
    }
    return render(request, "board/reports.html", context)


def report_word(request: Request) -> FileResponse:
    """The Word report of a unit for a period, in the prescribed layout."""
    require_to_see(request.viewer, *REPORTERS, unit=_unit(request))
    unit, period = _unit(request), _period(request)
    day = _as_of(period, request.day)
    found = boards.board(request.viewer, unit, day, period.year)
    data = content.report(found, period, _frame(unit, day), _links(request, day))
    _journal(request, "report.word", unit, period)
    name = f"bao-cao-{found.unit.code or unit}-{period.code}.docx"
    return FileResponse(BytesIO(data), as_attachment=True, filename=name, content_type=WORD)


def report_workbook(request: Request) -> FileResponse:
    """All tasks and targets of a unit and all under it, one sheet each."""
    unit = _unit(request)
    require_to_see(request.viewer, *REPORTERS, unit=unit)
    found = tasks.sorted_by(tasks.matching(tasks.TaskFilter(unit=unit), request.viewer, request.day), "due")
    notes = [_("Tình trạng theo ngày %(day)s") % {"day": day_text(request.day)}]
    sheets = [
        task_sheet(found, request.viewer, request.day, notes=notes),
        target_sheet(request.viewer, request.day, unit_id=unit, notes=notes),
    ]
    _journal(request, "report.workbook", unit, None)
    name = f"nhiem-vu-chi-tieu-{request.day:%Y-%m-%d}"
    return workbook_answer(sheets, name, title=_("Nhiệm vụ và chỉ tiêu"))


def _unit(request: Request) -> int:
    """The unit asked for, else the viewer's own; 404 when the viewer may not report on it."""
    chosen = request.GET.get("unit", "")
    unit = int(chosen) if chosen.isdecimal() and len(chosen) < 10 else boards.default_unit(request.viewer)
    if unit is None or unit not in request.viewer.unit_ids(*REPORTERS):
        raise Http404
    return unit


def _period(request: Request) -> Period:
    """The period asked for, else the last quarter that has ended (the current one at its end)."""
    try:
        return parse_period(request.GET.get("period", ""))
    except PeriodError:
        return Period.of(request.day, QUARTER)


def _periods(day: date) -> list[Period]:
    """What one can report on: the months of the last half year, quarters, half years and years."""
    months = [Period.of(day, MONTH)]
    while len(months) < 6:
        months.append(months[-1].previous())
    quarters = [Period.of(day, QUARTER)]
    while len(quarters) < 4:
        quarters.append(quarters[-1].previous())
    halves, years = Period.of(day, HALF), Period.of(day, YEAR)
    return [*months, *quarters, halves, halves.previous(), years, years.previous()]


def _as_of(period: Period, day: date) -> date:
    """The day on which one looks: the last of the period, or the day itself while it runs."""
    return min(period.last_day, day)


def _frame(unit: int, day: date) -> content.Frame:
    """Place and signer: the head post of the unit and who holds it on the day."""
    chain = units_on(day, [unit, *ancestor_ids(unit, day)])
    top = next((one for one in reversed(list(chain.values())) if one.level == "province"), chain[unit])
    place = top.name.removeprefix("Thành phố ").removeprefix("Tỉnh ")
    below = units_on(day, children_ids(unit, day))
    committees = [key for key, one in below.items() if one.kind == UnitKind.PEOPLES_COMMITTEE]
    posts = head_posts([unit, *committees], day)  # a city is headed by its people's committee
    post = posts.get(unit) or next((posts[key] for key in committees if key in posts), None)
    holder = holders_on(day, [post.pk]).get(post.pk, "") if post else ""
    return content.Frame(place, post.title if post else _("Thủ trưởng đơn vị"), holder)


def _links(request: Request, day: date) -> content.Links:
    """Where the numbers of the report lead: the pages as they were on its day."""
    listing, on = reverse("task_list"), day.isoformat()

    def of_tasks(unit: int, status: str, alone: bool) -> str:
        kept = {
            "day": on,
            "counted": "1",
            "role": "lead",
            "unit": str(unit),
            "status": status,
            "alone": "1" if alone else "",
        }
        return f"{listing}?{urlencode({key: value for key, value in kept.items() if value})}"

    return content.Links(
        site=request.build_absolute_uri("/").rstrip("/"),
        board=lambda unit: f"{reverse('board')}?unit={unit}&day={on}",
        tasks=of_tasks,
        task=lambda key: f"{reverse('task_detail', args=[key])}?day={on}",
        target=lambda key: f"{reverse('target_detail', args=[key])}?day={on}",
    )


def _journal(request: Request, verb: str, unit: int, period: Period | None) -> None:
    """Who took which report out is written down."""
    detail = {"unit": unit, "period": period.code if period else "", "day": request.day.isoformat()}
    record(actor=request.user, verb=verb, at=timezone.now(), detail=detail)
