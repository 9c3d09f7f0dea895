"""The periodic report of a unit, built from its board; every number is a link to what is behind it.

Layout: Nghị định 30/2020/NĐ-CP ("BÁO CÁO"), Party bodies Hướng dẫn 36-HD/VPTW. What only people can say
(assessment, causes, proposals) is left as a marked gap, never made up.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from kientoan.domains.organisation.models import UnitKind
from kientoan.domains.plans.queries.targets import SetView
from kientoan.engines.periods import Period
from kientoan.engines.writers import (
    Heading,
    OfficialDocument,
    Paragraph,
    Picture,
    Run,
    Signature,
    Status,
    StatusBar,
    Table,
    bars,
    status_bars,
    write_official,
)
from kientoan.engines.writers.chart_shapes import Point
from kientoan.engines.writers.document import Block

from .queries.board import Board

PARTY_KINDS = {UnitKind.PARTY_COMMITTEE, UnitKind.PARTY_COMMISSION, UnitKind.PARTY_CELL}
BARS_SHOWN = 15
TASK_STATUSES = (
    Status("late", "Quá hạn", "bad"),
    Status("open", "Trong hạn", "calm"),
    Status("done", "Đã xong", "good"),
)


@dataclass(frozen=True)
class Links:
    """Addresses of the pages behind the numbers; `site` is the address of the installation."""

    site: str
    board: Callable[[int], str]
    tasks: Callable[[int, str, bool], str]  # unit, status ('' all), the unit without those under it
    task: Callable[[int], str]
    target: Callable[[int], str]

    def to(self, text: str, address: str, *, bold: bool = False) -> Run:
        """The text as a link to a page of the installation."""
        return Run(text, bold=bold, link=self.site + address)


@dataclass(frozen=True)
class Frame:
    """What the head and the foot of the report say: place, who signs."""

    place: str
    signer_title: str
    signer: str


def report(board: Board, period: Period, frame: Frame, links: Links, *, charts: bool = True) -> bytes:
    """The Word file."""
    return write_official(document(board, period, frame, links, charts=charts))


def document(
    board: Board, period: Period, frame: Frame, links: Links, *, charts: bool = True
) -> OfficialDocument:
    """The report as an official document, still without number and signature."""
    party = board.unit.kind in PARTY_KINDS
    body: list[Block] = [
        *_overview(board, period, links),
        *_targets(board, links, charts=charts),
        *_tasks(board, links, charts=charts),
        *_shortcomings(board, links),
        Heading("V. NHIỆM VỤ, GIẢI PHÁP THỜI GIAN TỚI"),
        Paragraph(Run("[Đơn vị bổ sung nhiệm vụ, giải pháp và kiến nghị.]", italic=True)),
    ]
    return OfficialDocument(
        side="party" if party else "state",
        issuer=board.unit.issuer_name,
        code="",
        place=frame.place,
        type_name="BÁO CÁO",
        subject=f"Kết quả thực hiện nhiệm vụ, chỉ tiêu {period.label()}",
        body=tuple(body),
        signature=Signature((), frame.signer_title.upper(), frame.signer),
        recipients=("Lưu: VT.",),
    )


def _overview(board: Board, period: Period, links: Links) -> list[Block]:
    tasks = board.duties
    unit = board.unit.id
    blocks: list[Block] = [Heading("I. TÌNH HÌNH CHUNG")]
    for theme in board.themes:
        blocks.append(Paragraph((f"Chủ đề năm {theme.year}: ", Run(f"“{theme.text}”", italic=True), ".")))
    blocks.append(
        Paragraph(
            (
                f"Tính đến hết ngày {_day(board.day)}, {board.unit.name} có ",
                links.to(_count(tasks.total), links.tasks(unit, "", False)),
                " nhiệm vụ được giao; đã hoàn thành ",
                links.to(_count(tasks.done + tasks.done_late), links.tasks(unit, "done", False)),
                f" (trong đó {_count(tasks.done_late)} hoàn thành muộn), quá hạn ",
                links.to(_count(tasks.overdue), links.tasks(unit, "overdue", False)),
                ", chờ nghiệm thu ",
                links.to(_count(tasks.awaiting), links.tasks(unit, "awaiting", False)),
                ".",
            )
        )
    )
    for view in board.sets:
        blocks.append(Paragraph((f"{view.set.name}: ", _reached(view, board, links), ".")))
    return blocks


def _reached(view: SetView, board: Board, links: Links) -> Run:
    summary = view.summary
    parts = ", ".join(f"{count} {label.lower()}" for _, label, count in summary.states)
    text = f"{summary.reached}/{summary.total} chỉ tiêu đạt và vượt ({parts})"
    return links.to(text, links.board(board.unit.id))


def _targets(board: Board, links: Links, *, charts: bool) -> list[Block]:
    blocks: list[Block] = [Heading("II. KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU")]
    if not board.sets:
        return [*blocks, Paragraph("Chưa có chỉ tiêu nào được giao cho đơn vị.")]
    for number, view in enumerate(board.sets, start=1):
        blocks.append(Heading(f"{number}. {view.set.name}", 3))
        blocks.append(
            Table(
                header=("TT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch", "Thực hiện", "Loại số liệu", "Đánh giá"),
                rows=tuple(
                    (
                        str(place),
                        row.indicator.name,
                        row.indicator.unit_of_measure,
                        row.plan,
                        links.to(row.value or "chưa có số liệu", links.target(row.target.pk)),
                        row.vintage_label,
                        row.state_label,
                    )
                    for place, row in enumerate(view.rows, start=1)
                ),
                widths=(7, 30, 11, 16, 13, 9, 14),
                aligns=("center", "left", "center", "right", "right", "center", "center"),
                source="số liệu các đơn vị báo cáo, thủ trưởng đã duyệt",
            )
        )
        if charts and len(view.rows) > 1:
            blocks.append(_chart_of(view))
    return blocks


def _chart_of(view: SetView) -> Picture:
    """How many targets stand in each state."""
    points = [Point(label, count) for _, label, count in view.summary.states]
    chart = bars(points, title=f"Số chỉ tiêu theo tình trạng: {view.set.name}", unit="chỉ tiêu")
    return Picture(chart.to_png(), alt=chart.description, caption=chart.title, width_mm=120)


def _tasks(board: Board, links: Links, *, charts: bool) -> list[Block]:
    blocks: list[Block] = [Heading("III. KẾT QUẢ THỰC HIỆN NHIỆM VỤ")]
    rows = [row for row in board.heat.rows if row.total.total]
    if not rows:
        return [*blocks, Paragraph("Chưa có nhiệm vụ nào được giao.")]
    blocks.append(
        Table(
            header=("TT", "Đơn vị chủ trì", "Tổng số", "Đã xong", "Đang làm", "Quá hạn"),
            rows=tuple(
                (
                    str(place),
                    row.unit.name,
                    links.to(_count(row.total.total), links.tasks(row.unit.id, "", not row.whole)),
                    links.to(_count(row.total.done), links.tasks(row.unit.id, "done", not row.whole)),
                    links.to(_count(row.total.open), links.tasks(row.unit.id, "open", not row.whole)),
                    links.to(_count(row.total.overdue), links.tasks(row.unit.id, "overdue", not row.whole)),
                )
                for place, row in enumerate(rows, start=1)
            ),
            widths=(7, 45, 12, 12, 12, 12),
            aligns=("center", "left", "right", "right", "right", "right"),
        )
    )
    if charts:
        blocks.append(_chart_of_units(board))
    return blocks


def _chart_of_units(board: Board) -> Picture:
    rows = [row for row in board.heat.rows if row.total.total][:BARS_SHOWN]
    groups = [
        StatusBar(
            row.unit.name,
            {
                "late": row.total.overdue,
                "open": row.total.open - row.total.overdue,
                "done": row.total.done,
            },
        )
        for row in rows
    ]
    chart = status_bars(groups, statuses=TASK_STATUSES, title="Nhiệm vụ theo đơn vị và tình trạng")
    return Picture(chart.to_png(), alt=chart.description, caption=chart.title, width_mm=155)


def _shortcomings(board: Board, links: Links) -> list[Block]:
    blocks: list[Block] = [Heading("IV. TỒN TẠI, HẠN CHẾ")]
    if board.late:
        blocks.append(Heading("1. Nhiệm vụ quá hạn", 3))
        blocks.append(
            Table(
                header=("TT", "Nhiệm vụ", "Chủ trì", "Thời hạn", "Số ngày quá hạn"),
                rows=tuple(
                    (
                        str(place),
                        links.to(row.task.title, links.task(row.task.pk)),
                        row.lead.body_name if row.lead else "",
                        _day(row.task.due_date) if row.task.due_date else "",
                        _count(row.days_late),
                    )
                    for place, row in enumerate(board.late, start=1)
                ),
                widths=(7, 40, 22, 18, 13),
                aligns=("center", "left", "left", "center", "right"),
            )
        )
        if board.late_more:
            blocks.append(Paragraph(f"Ngoài ra còn {_count(board.late_more)} nhiệm vụ quá hạn khác."))
    blocks += _listed(
        "2. Đơn vị chưa báo cáo số liệu",
        [
            f"- {one.unit.name}: {one.period.label()}, {len(one.indicators)} chỉ tiêu"
            for one in board.silences
        ],
    )
    blocks += _listed(
        "3. Văn bản chưa có đủ chương trình, kế hoạch thực hiện",
        [
            f"- {one.document}: còn thiếu {', '.join(unit.name for unit in one.missing_units)}"
            for one in board.lacking
        ],
    )
    blocks.append(Paragraph(Run("[Đơn vị bổ sung đánh giá, nguyên nhân.]", italic=True)))
    return blocks


def _listed(heading: str, lines: Sequence[str]) -> list[Block]:
    """A heading with its lines; nothing at all without lines."""
    if not lines:
        return []
    last = len(lines) - 1
    return [
        Heading(heading, 3),
        *(Paragraph(line + ("." if index == last else ";")) for index, line in enumerate(lines)),
    ]


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _count(number: int) -> str:
    return f"{number:,}".replace(",", ".")
