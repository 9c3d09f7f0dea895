"""`kientoan apply-decision FILE --dry-run|--apply`: a decision from JSON, Excel or a resolution's text.

JSON: see `domains/reorganisation/decision_json.py`. Excel: `--template FILE` writes the table to fill in.
Text (.txt, .docx, .pdf, .html): the clauses are read and matched with the units of the day before; what stays
open is asked, and answered with `--choose KEY=CODE`. Everything wrong is told at once with its row; then
nothing is written.
"""

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from .days import as_day

if TYPE_CHECKING:
    from kientoan.domains.reorganisation.proposing import Member, Proposal
    from kientoan.domains.reorganisation.written import WrittenDecision


class Refused(Exception):
    """Nothing was written; `lines` say why."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("; ".join(lines))
        self.lines = lines


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument(
        "file", metavar="FILE", nargs="?", help="tệp JSON, Excel, hoặc văn bản nghị quyết (txt, docx, pdf)"
    )
    action = parser.add_mutually_exclusive_group(required=True)
    action.add_argument("--dry-run", action="store_true", help="chỉ xem trước, không ghi gì")
    action.add_argument("--apply", action="store_true", help="thực hiện")
    action.add_argument("--template", metavar="XLSX", help="ghi tệp Excel mẫu rồi dừng")
    parser.add_argument(
        "--on", dest="day", type=as_day, metavar="YYYY-MM-DD",
        help="ngày có hiệu lực, thay cho ngày ghi trong tệp",
    )  # fmt: skip
    parser.add_argument(
        "--under", metavar="MÃ", action="append", default=[], help="chỉ tìm đơn vị trong tỉnh này (văn bản)"
    )
    parser.add_argument(
        "--choose", metavar="KHÓA=MÃ", action="append", default=[], help="trả lời một câu hỏi (văn bản)"
    )


def run(options: argparse.Namespace) -> int:
    """Exit code 0 when it can be (or was) applied, 1 when something is in the way, 2 for wrong arguments."""
    from django.db import transaction
    from django.utils import timezone

    from kientoan.domains.organisation import operations
    from kientoan.domains.reorganisation.operations import apply_decision
    from kientoan.domains.reorganisation.queries.passed import passed_on

    if options.template:
        return _template(Path(options.template))
    if not options.file:
        print("Cho biết tệp quyết định, hoặc --template TỆP.xlsx để lấy tệp mẫu.", file=sys.stderr)
        return 2
    try:
        written = _written(options)
        with transaction.atomic():
            decision = operations.draft_decision(
                legal_basis=written.legal_basis, effective_date=written.effective_date,
                changes=written.changes, at=timezone.now(), note=written.note,
            )  # fmt: skip
            applied = apply_decision(decision=decision, at=timezone.now(), viewer=None)
            passed = passed_on(decision)
            told = f"{passed.done} việc chuyển cho đơn vị kế tục, {passed.waiting} việc chờ quyết định."
            if options.dry_run:
                transaction.set_rollback(True)
    except Refused as refusal:
        return _tell(refusal.lines)
    except operations.Collisions as refusal:
        return _tell([str(collision) for collision in refusal.collisions])
    done = "Có thể thực hiện" if options.dry_run else "Đã thực hiện"
    print(f"{done}: {len(applied.ended)} đơn vị kết thúc, {len(applied.created)} đơn vị mới.")
    print(told)
    return 0


def _tell(lines: list[str]) -> int:
    for line in lines:
        print(line, file=sys.stderr)
    print(f"{len(lines)} chỗ vướng; chưa ghi gì.", file=sys.stderr)
    return 1


def _template(path: Path) -> int:
    from kientoan.domains.reorganisation.decision_template import template

    with template() as book:
        try:
            path.write_bytes(book.read())
        except OSError as error:
            print(f"{path.name}: không ghi được tệp ({error.strerror}).", file=sys.stderr)
            return 1
    print(f"Đã ghi {path}.")
    return 0


def _written(options: argparse.Namespace) -> "WrittenDecision":
    """What the file says. Raises `Refused` with every problem."""
    path = Path(options.file)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Refused([f"{path.name}: không mở được tệp ({error.strerror})."]) from error
    from kientoan.domains.reorganisation.file_kinds import FileKind, kind_of_file

    if kind_of_file(data, name=path.name) == FileKind.TEXT:
        return _from_text(data, path.name, options)
    return _checked(data, path.name, options.day)


def _checked(data: bytes, name: str, day: date | None) -> "WrittenDecision":
    from django.utils import timezone

    from kientoan.domains.reorganisation.decision_files import check_file

    checked = check_file(data, name=name, at=timezone.now(), day=day)
    if checked.decision is None or checked.problems:
        raise Refused([str(problem) for problem in checked.problems])
    return checked.decision


def _from_text(data: bytes, name: str, options: argparse.Namespace) -> "WrittenDecision":
    from kientoan.domains.reorganisation.answering import Answers, Unanswered, changes_for
    from kientoan.domains.reorganisation.proposing import NoChanges, NoDay, propose
    from kientoan.domains.reorganisation.written import WrittenDecision
    from kientoan.engines.reader.intake import UnreadableFile, extract_text

    try:
        text = extract_text(data, name=name).text
        proposal = propose(text, day=options.day, under=_provinces(options))
    except UnreadableFile as error:
        raise Refused([f"{name}: {error}"]) from error
    except NoChanges:
        raise Refused([f"{name}: không đọc thấy khoản nào sắp xếp đơn vị."]) from None
    except NoDay:
        raise Refused([f"{name}: không rõ ngày có hiệu lực. Hãy thêm --on NĂM-THÁNG-NGÀY."]) from None
    _summary(proposal)
    try:
        changes = changes_for(proposal, Answers(chosen=_choices(options.choose, proposal)))
    except Unanswered as error:
        raise Refused([_question(item.place_words, member) for item, member in error.members]) from None
    basis = proposal.resolution.number or name
    return WrittenDecision(f"Nghị quyết số {basis}", proposal.day, changes)


def _provinces(options: argparse.Namespace) -> list[int]:
    """The units of `--under`. Raises `Refused`."""
    from kientoan.domains.organisation.models import UnitCode

    rows = UnitCode.objects.filter(scheme="gso", code__in=options.under, in_force__endswith=None)
    known = dict(rows.values_list("code", "unit_id"))
    missing = [code for code in options.under if code not in known]
    if missing:
        raise Refused([f"--under: không có đơn vị nào mang mã {code}." for code in missing])
    return list(known.values())


def _choices(written: list[str], proposal: "Proposal") -> dict[str, int]:
    """The answers of `--choose`. Raises `Refused` for what is no answer."""
    codes = {unit.code: unit.id for unit in proposal.land.units.values() if unit.code}
    keys = {member.key for item in proposal.items for member in item.named}
    pairs = [(words, *words.partition("=")[::2]) for words in written]
    wrong = [words for words, key, code in pairs if key not in keys or code not in codes]
    if wrong:
        raise Refused(
            [f"--choose {words}: cần KHÓA=MÃ, khóa như trong câu hỏi, mã đang có." for words in wrong]
        )
    return {key: codes[code] for _, key, code in pairs}


def _question(place: str, member: "Member") -> str:
    offered = [f"{one.unit.code or '–'} {one.unit.name} ({one.where})" for one in member.candidates]
    shown = "; ".join(offered) or "không có đơn vị nào giống"
    return f"{place}: “{member.written.name}” là đơn vị nào? --choose {member.key}=MÃ, chọn trong: {shown}."


def _summary(proposal: "Proposal") -> None:
    """What was read, to standard error: results alone go to standard output."""
    place = proposal.land.units[proposal.main].name if proposal.main else "chưa rõ tỉnh"
    print(
        f"{place}, {proposal.day:%d/%m/%Y}: {len(proposal.items)} khoản, {len(proposal.open)} câu hỏi, "
        f"{len(proposal.inferred)} thay đổi suy ra.",
        file=sys.stderr,
    )  # fmt: skip
    if proposal.differs_from_stated:
        print(
            f"Văn bản nêu {proposal.resolution.stated} đơn vị, đọc được {len(proposal.items)}: hãy kiểm tra.",
            file=sys.stderr,
        )
