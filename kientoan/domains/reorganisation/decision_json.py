"""A decision as JSON.

    {"legal_basis": "Nghị quyết …", "effective_date": "2025-07-01", "events": [
      {"kind": "merge_new", "originals": ["31117", {"code": "31178", "ends": false}],
       "results": [{"key": "a", "name": "Phường Cái Khế", "kind": "ward", "level": "commune", "code": "31120",
                    "parent": "92"}],
       "passings": [{"from": "31117", "to": "#a"},
                    {"from": "31178", "to": "#a", "extent": "partial", "area": 0.2646}]}]}

Units that exist are named by their code on the day before; `parent` is a code, a key of the file ("#a"), or
null for a root. A result with "unit": CODE goes on. Without passings every original passes to every result,
wholly when it ends and there is one result.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from kientoan.domains.organisation.models import ChangeKind, UnitCode
from kientoan.domains.organisation.rules.changes import (
    MEASURES,
    Change,
    Origin,
    Outcome,
    Passing,
    Place,
    Shares,
    is_whole,
    kept_share,
)

from .land import HIERARCHY
from .written import WHOLE_PART, BadFile, Problem, WrittenDecision

WORDS = ("key", "name", "short_name", "kind", "level", "code")


def read_json(data: bytes, *, name: str, day: date | None = None) -> WrittenDecision:
    """Read a decision; `day` overrides its date. Raises `BadFile` with every problem."""
    plain = _load(data, name)
    problems: list[Problem] = []
    effective = day or _day(plain, problems)
    if not str(plain.get("legal_basis") or "").strip():
        problems.append(Problem(0, _("legal_basis: cần ghi căn cứ pháp lý.")))
    if effective is None:
        raise BadFile(problems)
    before = UnitCode.objects.on(effective - timedelta(days=1)).filter(scheme="gso")
    reader = _Events(dict(before.values_list("code", "unit_id")), _keys(plain), problems)
    changes = [reader.change(row, event) for row, event in enumerate(plain["events"], start=1)]
    bad = {problem.row for problem in problems}
    written = WrittenDecision(
        legal_basis=str(plain.get("legal_basis") or ""),
        effective_date=effective,
        changes=tuple(change for change in changes if change is not None and change.row not in bad),
        note=str(plain.get("note") or ""),
    )
    if problems:
        raise BadFile(problems, written)
    return written


def _load(data: bytes, name: str) -> dict[str, Any]:
    try:
        plain = json.loads(data.decode("utf-8-sig"))
    except ValueError as error:
        raise BadFile([Problem(0, f"{name}: không phải JSON bằng UTF-8 ({error}).")]) from error
    if not isinstance(plain, dict) or not isinstance(plain.get("events"), list) or not plain["events"]:
        words = f'{name}: cần một đối tượng có "legal_basis", "effective_date", "events".'
        raise BadFile([Problem(0, words)])
    return plain


def _day(plain: Mapping[str, Any], problems: list[Problem]) -> date | None:
    try:
        return date.fromisoformat(str(plain.get("effective_date")))
    except ValueError:
        words = _("effective_date: cần ngày viết năm-tháng-ngày, ví dụ 2025-07-01.")
        problems.append(Problem(0, words))
        return None


def _keys(plain: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(
        str(one["key"])
        for event in plain["events"]
        if isinstance(event, dict)
        for one in event.get("results") or []
        if isinstance(one, dict) and one.get("key")
    )


@dataclass
class _Events:
    """Turns the plain events into changes, and gathers what is wrong with them."""

    ids: Mapping[str, int]
    keys: frozenset[str]
    problems: list[Problem] = field(default_factory=list)

    def tell(self, row: int, words: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(row, words))

    def unit(self, row: int, code: object) -> int:
        """The unit of a code; 0 with a problem noted when there is none."""
        found = self.ids.get(str(code), 0)
        if not found:
            words = _("ngày trước đó không có đơn vị nào mang mã %(code)s. Hãy sửa mã.")
            self.tell(row, words % {"code": code})
        return found

    def share(self, row: int, plain: Mapping[str, Any], name: str) -> Decimal | None:
        """A share, None when it is not given."""
        if plain.get(name) is None:
            return None
        try:
            share = kept_share(Decimal(str(plain[name])))
        except InvalidOperation:
            share = None
        if share is not None:
            return share
        words = _(
            "“%(name)s” ghi là “%(value)s”. Hãy ghi một số lớn hơn 0 và không quá 1: 24,9 %% ghi là 0.249; "
            "chưa rõ thì bỏ hẳn “%(name)s”."
        )
        self.tell(row, words % {"name": name, "value": str(plain[name])[:40]})
        return None

    def change(self, row: int, plain: Any) -> Change | None:
        """One event, None with the problem noted when it is no event."""
        if not isinstance(plain, dict) or plain.get("kind") not in ChangeKind.values:
            self.tell(row, _("“kind” phải là một trong %(kinds)s.") % {"kinds": ", ".join(ChangeKind.values)})
            return None
        originals = [one if isinstance(one, dict) else {"code": one} for one in plain.get("originals") or []]
        results = [one for one in plain.get("results") or [] if isinstance(one, dict)]
        origins = tuple(
            Origin(self.unit(row, one.get("code")), bool(one.get("ends", True))) for one in originals
        )
        outcomes = tuple(self.outcome(row, one) for one in results)
        passings = tuple(self.passings(row, plain, originals, results)) if plain.get("passings") else None
        return Change(plain["kind"], origins, outcomes, passings, str(plain.get("note") or ""), row)

    def outcome(self, row: int, plain: Mapping[str, Any]) -> Outcome:
        """A resulting unit."""
        places: tuple[Place, ...] = ()
        if "parent" in plain:
            places = (self.place(row, plain["parent"]),)
        words = {name: str(plain.get(name) or "") for name in WORDS}
        unit = self.unit(row, plain["unit"]) if plain.get("unit") else None
        if unit is None and not words["key"]:
            words["key"] = f"{row}-{words['code'] or words['name']}"
        return Outcome(unit=unit, places=places, **words)

    def place(self, row: int, parent: object) -> Place:
        """Where a resulting unit is to stand."""
        if parent is None:
            return Place(HIERARCHY)
        if not str(parent).startswith("#"):
            return Place(HIERARCHY, self.unit(row, parent))
        if str(parent)[1:] not in self.keys:
            words = _("tệp không có đơn vị mới nào mang khóa “%(key)s”.")
            self.tell(row, words % {"key": parent})
        return Place(HIERARCHY, key=str(parent)[1:])

    def passings(
        self, row: int, plain: Mapping[str, Any], originals: list[Any], results: list[Any]
    ) -> Iterator[Passing]:
        """What went where, as the event spells it out."""
        origins = {str(one.get("code")): place for place, one in enumerate(originals)}
        outcomes = {str(one.get("unit") or f"#{one.get('key')}"): place for place, one in enumerate(results)}
        for one in plain["passings"]:
            named = one if isinstance(one, dict) else {}
            origin, outcome = origins.get(str(named.get("from"))), outcomes.get(str(named.get("to")))
            if origin is None or outcome is None or named.get("extent", "full") not in ("full", "partial"):
                words = _(
                    "mỗi “passings” cần “from” (mã trong originals), “to” (mã hoặc #khóa trong results), "
                    "“extent” là full hoặc partial."
                )
                self.tell(row, words)
                continue
            shares = Shares(*(self.share(row, named, name) for name in MEASURES))
            full = named.get("extent", "full") == "full"
            if is_whole(shares) and not full:
                self.tell(row, str(WHOLE_PART) % {"name": named.get("from")})
            yield Passing(origin, outcome, full=full, shares=shares)
