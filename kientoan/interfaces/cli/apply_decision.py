"""`kientoan apply-decision FILE --dry-run|--apply`: a decision written as JSON, previewed or applied.

    {"legal_basis": "Nghị quyết …", "effective_date": "2025-07-01", "events": [
      {"kind": "merge_new", "originals": ["31117", {"code": "31178", "ends": false}],
       "results": [{"key": "a", "name": "Phường Cái Khế", "kind": "ward", "level": "commune", "code": "31120",
                    "parent": "92"}],
       "passings": [{"from": "31117", "to": "#a"},
                    {"from": "31178", "to": "#a", "extent": "partial", "area": 0.2646}]}]}

Units that exist are named by their code on the day before; `parent` is a code, a key of the file ("#a"), or
null for a root. A result with "unit": CODE goes on. Without passings every original passes to every result,
wholly when it ends and there is one result. Every error is told with the row of its event.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

HIERARCHY = "government"
KINDS = (
    "establish", "dissolve", "merge_new", "merge_into", "split", "transfer", "rename", "recode", "reparent",
    "change_kind", "split_merge",
)  # fmt: skip
MEASURES = ("population", "area", "headcount", "by_hand")
WORDS = ("key", "name", "short_name", "kind", "level", "code")


class BadFile(Exception):
    """The file cannot be read as a decision; `problems` say where and why."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("file", metavar="FILE", help="tệp JSON ghi quyết định")
    action = parser.add_mutually_exclusive_group(required=True)
    action.add_argument("--dry-run", action="store_true", help="chỉ xem trước, không ghi gì")
    action.add_argument("--apply", action="store_true", help="thực hiện")


def run(options: argparse.Namespace) -> int:
    """Exit code 0 when it can be (or was) applied, 1 when something stands in its way."""
    from django.db import transaction
    from django.utils import timezone

    from kientoan.domains.organisation import operations

    try:
        with transaction.atomic():
            decision = _drafted(_load(Path(options.file)))
            applied = operations.apply_decision(decision=decision, at=timezone.now(), viewer=None)
            if options.dry_run:
                transaction.set_rollback(True)
    except BadFile as refusal:
        for problem in refusal.problems:
            print(problem, file=sys.stderr)
        return 1
    except operations.Collisions as refusal:
        for collision in refusal.collisions:
            print(collision, file=sys.stderr)
        print(f"{len(refusal.collisions)} chỗ vướng; chưa ghi gì.", file=sys.stderr)
        return 1
    done = "Có thể thực hiện" if options.dry_run else "Đã thực hiện"
    print(f"{done}: {len(applied.ended)} đơn vị kết thúc, {len(applied.created)} đơn vị mới.")
    return 0


def _load(path: Path) -> dict[str, Any]:
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadFile([f"{path.name}: không mở được tệp ({error.strerror})."]) from error
    except ValueError as error:
        raise BadFile([f"{path.name}: không phải JSON bằng UTF-8 ({error})."]) from error
    if not isinstance(plain, dict) or not isinstance(plain.get("events"), list) or not plain["events"]:
        raise BadFile([f'{path.name}: cần một đối tượng có "legal_basis", "effective_date", "events".'])
    return plain


@dataclass
class Reader:
    """Turns the plain events into changes, and gathers what is wrong with them."""

    ids: Mapping[str, int]
    keys: frozenset[str]
    problems: list[str] = field(default_factory=list)

    def unit(self, row: int, code: object) -> int:
        """The unit of a code; 0 with a problem noted when there is none."""
        found = self.ids.get(str(code), 0)
        if not found:
            self.problems.append(f"Dòng {row}: ngày trước đó không có đơn vị nào mang mã {code}. Hãy sửa mã.")
        return found

    def share(self, row: int, plain: Mapping[str, Any], name: str) -> Decimal | None:
        """A share, None when it is not given."""
        if plain.get(name) is None:
            return None
        try:
            return Decimal(str(plain[name]))
        except InvalidOperation:
            self.problems.append(f"Dòng {row}: {name} “{plain[name]}” không phải số trong khoảng 0–1.")
            return None

    def change(self, row: int, plain: Any) -> Any:
        """One event, None with the problem noted when it is no event."""
        from kientoan.domains.organisation.rules.changes import Change, Origin

        if not isinstance(plain, dict) or plain.get("kind") not in KINDS:
            self.problems.append(f"Dòng {row}: “kind” phải là một trong {', '.join(KINDS)}.")
            return None
        originals = [one if isinstance(one, dict) else {"code": one} for one in plain.get("originals") or []]
        results = [one for one in plain.get("results") or [] if isinstance(one, dict)]
        origins = tuple(
            Origin(self.unit(row, one.get("code")), bool(one.get("ends", True))) for one in originals
        )
        outcomes = tuple(self.outcome(row, one) for one in results)
        passings = tuple(self.passings(row, plain, originals, results)) if plain.get("passings") else None
        return Change(plain["kind"], origins, outcomes, passings, str(plain.get("note") or ""), row)

    def outcome(self, row: int, plain: Mapping[str, Any]) -> Any:
        """A resulting unit."""
        from kientoan.domains.organisation.rules.changes import Outcome, Place

        places: tuple[Any, ...] = ()
        if "parent" in plain:
            parent = plain["parent"]
            if parent is None:
                places = (Place(HIERARCHY),)
            elif str(parent).startswith("#"):
                if str(parent)[1:] not in self.keys:
                    self.problems.append(f"Dòng {row}: tệp không có đơn vị mới nào mang khóa “{parent}”.")
                places = (Place(HIERARCHY, key=str(parent)[1:]),)
            else:
                places = (Place(HIERARCHY, self.unit(row, parent)),)
        words = {name: str(plain.get(name) or "") for name in WORDS}
        unit = self.unit(row, plain["unit"]) if plain.get("unit") else None
        if unit is None and not words["key"]:
            words["key"] = f"{row}-{words['code'] or words['name']}"
        return Outcome(unit=unit, places=places, **words)

    def passings(
        self, row: int, plain: Mapping[str, Any], originals: list[Any], results: list[Any]
    ) -> Iterator[Any]:
        """What went where, as the event spells it out."""
        from kientoan.domains.organisation.rules.changes import Passing, Shares

        origins = {str(one.get("code")): place for place, one in enumerate(originals)}
        outcomes = {str(one.get("unit") or f"#{one.get('key')}"): place for place, one in enumerate(results)}
        for one in plain["passings"]:
            named = one if isinstance(one, dict) else {}
            origin, outcome = origins.get(str(named.get("from"))), outcomes.get(str(named.get("to")))
            if origin is None or outcome is None or named.get("extent", "full") not in ("full", "partial"):
                self.problems.append(
                    f"Dòng {row}: mỗi “passings” cần “from” (mã trong originals), “to” (mã hoặc #khóa trong "
                    "results), “extent” là full hoặc partial."
                )
                continue
            shares = Shares(*(self.share(row, named, name) for name in MEASURES))
            yield Passing(origin, outcome, full=named.get("extent", "full") == "full", shares=shares)


def _drafted(plain: dict[str, Any]) -> Any:
    """The draft of the decision. Raises `BadFile` with every problem."""
    from django.utils import timezone

    from kientoan.domains.organisation import operations
    from kientoan.domains.organisation.models import UnitCode

    problems = []
    try:
        day = date.fromisoformat(str(plain.get("effective_date")))
    except ValueError:
        raise BadFile(["effective_date: cần ngày viết năm-tháng-ngày, ví dụ 2025-07-01."]) from None
    if not str(plain.get("legal_basis") or "").strip():
        problems.append("legal_basis: cần ghi căn cứ pháp lý.")
    before = UnitCode.objects.on(day - timedelta(days=1)).filter(scheme="gso")
    keys = frozenset(
        str(one["key"])
        for event in plain["events"]
        if isinstance(event, dict)
        for one in event.get("results") or []
        if isinstance(one, dict) and one.get("key")
    )
    reader = Reader(dict(before.values_list("code", "unit_id")), keys)
    changes = [reader.change(row, event) for row, event in enumerate(plain["events"], start=1)]
    if problems or reader.problems:
        raise BadFile([*problems, *reader.problems])
    return operations.draft_decision(
        legal_basis=str(plain["legal_basis"]), effective_date=day, changes=changes, at=timezone.now(),
        note=str(plain.get("note") or ""),
    )  # fmt: skip
