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

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from kientoan.domains.organisation.models import ChangeKind, Level, UnitCode, UnitKind
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

from .codes_told import never_had, no_such_code
from .json_loading import load_json
from .land import HIERARCHY
from .written import (
    CODE,
    LONGEST,
    WHOLE_PART,
    BadFile,
    Problem,
    WrittenDecision,
    clean,
    day_out_of_range,
)

WORDS = ("key", "name", "short_name", "kind", "level", "code")


def read_json(data: bytes, *, name: str, day: date | None = None, legal_basis: str = "") -> WrittenDecision:
    """Read a decision; `day` and `legal_basis` override what it says. Raises `BadFile` with every problem."""
    plain = load_json(data, name)
    if legal_basis:
        plain["legal_basis"] = legal_basis
    problems: list[Problem] = []
    effective = _day(plain if day is None else {"effective_date": day}, problems)
    basis, note = _head(plain, problems)
    if effective is None:  # which unit had a code is open; a code that none ever had is told all the same
        ever = dict(UnitCode.objects.filter(scheme="gso").values_list("code", "unit_id"))
        undated = _Events(date.max, ever, _keys(plain), problems)
        for row, event in enumerate(plain["events"], start=1):
            undated.change(row, event)
        raise BadFile(problems)
    eve = effective - timedelta(days=1)
    before = UnitCode.objects.on(eve).filter(scheme="gso")
    reader = _Events(eve, dict(before.values_list("code", "unit_id")), _keys(plain), problems)
    changes = [reader.change(row, event) for row, event in enumerate(plain["events"], start=1)]
    bad = {problem.row for problem in problems}
    good = tuple(change for change in changes if change is not None and change.row not in bad)
    written = WrittenDecision(legal_basis=basis, effective_date=effective, changes=good, note=note)
    if problems:
        raise BadFile(problems, written)
    return written


def _head(plain: Mapping[str, Any], problems: list[Problem]) -> tuple[str, str]:
    """Basis and note."""
    basis, note = clean(plain.get("legal_basis")), clean(plain.get("note"))
    if not basis:
        problems.append(Problem(0, _("legal_basis: cần ghi căn cứ pháp lý.")))
    for name, words in (("legal_basis", basis), ("note", note)):
        if len(words) > LONGEST[name]:
            problems.append(Problem(0, too_long(name, words)))
    return basis, note


def _day(plain: Mapping[str, Any], problems: list[Problem]) -> date | None:
    try:
        day = date.fromisoformat(str(plain.get("effective_date")))
    except ValueError:
        words = _("effective_date: cần ngày viết năm-tháng-ngày, ví dụ 2025-07-01.")
        problems.append(Problem(0, words))
        return None
    if wrong := day_out_of_range(day):
        problems.append(Problem(0, wrong, place="effective_date"))
        return None
    return day


def too_long(name: str, words: str) -> str:
    """What is said of words that do not fit."""
    told = _("“%(name)s” dài %(length)s ký tự, quá %(most)s. Hãy rút ngắn.")
    return told % {"name": name, "length": len(words), "most": LONGEST[name]}


def _keys(plain: Mapping[str, Any]) -> Counter[str]:
    """The keys of the new units of the file, with how often each is given."""
    return Counter(
        str(one["key"])
        for event in plain["events"]
        if isinstance(event, dict) and isinstance(event.get("results"), list)
        for one in event["results"]
        if isinstance(one, dict) and one.get("key")
    )


@dataclass
class _Events:
    """Turns the plain events into changes, and gathers what is wrong with them."""

    day: date  # the day before, on which units are named
    ids: Mapping[str, int]
    keys: Counter[str]
    problems: list[Problem] = field(default_factory=list)

    def tell(self, row: int, words: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(row, words))

    def unit(self, row: int, code: object) -> int:
        """The unit of a code; 0 with a problem noted when there is none."""
        found = self.ids.get(str(code), 0)
        if not found:
            dated = self.day != date.max
            self.tell(row, no_such_code(str(code), self.day) if dated else never_had(str(code)))
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

    def listed(self, row: int, plain: Mapping[str, Any], name: str) -> list[Any]:
        """A field that must be a list; empty with a problem noted when it is something else."""
        value = plain.get(name)
        if value is None or isinstance(value, list):
            return value or []
        self.tell(row, _("“%(name)s” phải là một danh sách […].") % {"name": name})
        return []

    def change(self, row: int, plain: Any) -> Change | None:
        """One event, None with the problem noted when it is no event."""
        if not isinstance(plain, dict) or plain.get("kind") not in ChangeKind.values:
            self.tell(row, _("“kind” phải là một trong %(kinds)s.") % {"kinds": ", ".join(ChangeKind.values)})
            return None
        originals = [
            one if isinstance(one, dict) else {"code": one} for one in self.listed(row, plain, "originals")
        ]
        results = self.results(row, plain)
        origins = tuple(self.origin(row, one) for one in originals)
        self.each_once(row, origins)
        outcomes = tuple(self.outcome(row, one) for one in results)
        spelt = self.listed(row, plain, "passings")
        passings = tuple(self.passings(row, spelt, originals, results)) if spelt else None
        return Change(plain["kind"], origins, outcomes, passings, clean(plain.get("note")), row)

    def results(self, row: int, plain: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        """The resulting units as they are written."""
        given = self.listed(row, plain, "results")
        if any(not isinstance(one, dict) for one in given):
            self.tell(row, _("mỗi đơn vị trong “results” phải là một đối tượng có “unit” hoặc “name”."))
        return [one for one in given if isinstance(one, dict)]

    def origin(self, row: int, plain: Mapping[str, Any]) -> Origin:
        """A unit that was."""
        ends = plain.get("ends", True)
        if not isinstance(ends, bool):
            self.tell(row, _("“ends” phải là true hoặc false, không có dấu ngoặc kép."))
        return Origin(self.unit(row, plain.get("code")), ends is not False)

    def each_once(self, row: int, origins: Sequence[Origin]) -> None:
        """A unit stands once among those of an event."""
        counts = Counter(origin.unit for origin in origins if origin.unit)
        codes = {unit: code for code, unit in self.ids.items()}
        for unit in (unit for unit, count in counts.items() if count > 1):
            words = _("mã %(code)s đứng hai lần trong “originals”. Hãy bỏ bớt.")
            self.tell(row, words % {"code": codes[unit]})

    def outcome(self, row: int, plain: Mapping[str, Any]) -> Outcome:
        """A resulting unit."""
        places: tuple[Place, ...] = ()
        if "parent" in plain:
            places = (self.place(row, plain["parent"]),)
        words = {name: clean(plain.get(name)) for name in WORDS}
        self.words(row, words)
        unit = self.unit(row, plain["unit"]) if plain.get("unit") else None
        if unit is None and not words["key"]:
            words["key"] = f"{row}-{words['code'] or words['name']}"[: LONGEST["key"]]
        return Outcome(unit=unit, places=places, **words)

    def words(self, row: int, words: Mapping[str, str]) -> None:
        """Names that fit, kinds and levels that there are, a code of digits, a key used once."""
        for name in ("name", "short_name", "key"):
            if len(words[name]) > LONGEST[name]:
                self.tell(row, too_long(name, words[name]))
        for name, known in (("kind", UnitKind.values), ("level", Level.values)):
            if words[name] and words[name] not in known:
                told = _("“%(name)s” của “%(unit)s” ghi “%(value)s”; phải là một trong %(known)s.")
                values = {"name": name, "unit": words["name"], "value": words[name][:40]}
                self.tell(row, told % {**values, "known": ", ".join(known)})
        if words["code"] and not CODE.fullmatch(words["code"]):
            told = _("mã “%(code)s” của “%(unit)s”: mã gồm 2 đến 5 chữ số, ví dụ 31120.")
            self.tell(row, told % {"code": words["code"][:40], "unit": words["name"]})
        if words["key"] and self.keys[words["key"]] > 1:
            self.tell(row, _("khóa “%(key)s” đặt cho hai đơn vị. Hãy đổi một khóa.") % {"key": words["key"]})

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
        self, row: int, spelt: list[Any], originals: list[Any], results: list[Mapping[str, Any]]
    ) -> Iterator[Passing]:
        """What went where, as the event spells it out."""
        origins = {str(one.get("code")): place for place, one in enumerate(originals)}
        outcomes = {str(one.get("unit") or f"#{one.get('key')}"): place for place, one in enumerate(results)}
        seen: set[tuple[int, int]] = set()
        for one in spelt:
            named = one if isinstance(one, dict) else {}
            origin, outcome = origins.get(str(named.get("from"))), outcomes.get(str(named.get("to")))
            if origin is None or outcome is None or named.get("extent", "full") not in ("full", "partial"):
                words = _(
                    "mỗi “passings” cần “from” (mã trong originals), “to” (mã hoặc #khóa trong results), "
                    "“extent” là full hoặc partial."
                )
                self.tell(row, words)
                continue
            if (origin, outcome) in seen:
                told = _("“passings” có hai dòng từ %(origin)s đến %(outcome)s. Hãy gộp lại.")
                self.tell(row, told % {"origin": named["from"], "outcome": named["to"]})
                continue
            seen.add((origin, outcome))
            shares = Shares(*(self.share(row, named, name) for name in MEASURES))
            full = named.get("extent", "full") == "full"
            if is_whole(shares) and not full:
                self.tell(row, str(WHOLE_PART) % {"name": named.get("from")})
            yield Passing(origin, outcome, full=full, shares=shares)
