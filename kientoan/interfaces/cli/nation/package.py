"""The list in the PyPI package `vietnam-provinces` (GPL-3.0-or-later): the units of the day it was made.

The package does not say since when a unit exists, nor what its names were before; so its list is one
decision, of its own day or of a day that a person gives. Releases since 2026 (Python 3.12) also say which
communes of before 1 July 2025 a commune came of; that is a second source for the lineage, see `compared`.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from kientoan.domains.organisation.rules.changes import Change

from .differences import Step, changes_of
from .history import DayOfChange
from .scope import Scope
from .source import BadSource, Entry, kind_of, plain
from .standing import Standing

NAME = "vietnam-provinces"
REFORM = date(2025, 7, 1)
MISSING = (
    f"Chưa cài gói {NAME}. Hãy cài bằng lệnh: pip install {NAME} "
    "(giấy phép GPL-3.0 trở lên, dùng chung được với AGPL của Kiện Toàn)."
)
DRAFT = (
    "Các bản năm 2025 của gói ghi mã theo dự thảo danh mục, có mã khác danh mục chính thức. "
    "Nên dùng bản 2026.1.0 trở lên (cần Python 3.12)."
)
FIRST_OFFICIAL = date(2026, 1, 1)
GONE = "đang có ở đây, gói không ghi; nếu đã kết thúc thì hãy lập quyết định"


@dataclass(frozen=True)
class Listed:
    """What the package says: its units by code, on its day; `pairs`: (old code, new code) of 1 July 2025.

    Without pairs the release does not know them.
    """

    release: str
    day: date
    entries: Mapping[str, Entry]
    pairs: frozenset[tuple[str, str]]


def read_package() -> Listed:
    """The installed package, read and checked. Raises `BadSource`."""
    try:
        package = import_module("vietnam_provinces")
    except ImportError as error:
        raise BadSource(MISSING) from error
    try:
        day = date.fromisoformat(package.__data_version__)
        provinces = json.loads(Path(package.NESTED_DIVISIONS_JSON_PATH).read_text(encoding="utf-8"))
        entries = {entry.code: entry for entry in _entries(provinces)}
        pairs = frozenset(_pairs(package))
    except (AttributeError, KeyError, TypeError, ValueError, OSError) as error:
        raise BadSource(
            f"Gói {NAME} có dạng khác với dạng đã biết ({error}). Hãy cài bản 2025.10.1 hoặc mới hơn."
        ) from error
    if not entries:
        raise BadSource(f"Gói {NAME} không có đơn vị nào. Hãy cài lại gói.")
    return Listed(str(package.__version__), day, entries, pairs)


def _entries(provinces: list[dict[str, Any]]) -> Iterator[Entry]:
    for province in provinces:
        code = f"{province['code']:02d}"
        yield Entry(code, _full_name(province["name"]), "province", "")
        for commune in province["wards"]:
            entry = Entry(f"{commune['code']:05d}", _plain(commune["name"]), "commune", code)
            kind_of(entry.name, entry.level)  # refuses a name that does not say its kind
            yield entry


def _plain(name: str) -> str:
    """The name as official lists write it: “Ea H'Leo”, not “Ea H’Leo”; “Chân Mây - Lăng Cô”."""
    return plain(name).replace("’", "'").replace("–", "-")


def _full_name(name: str) -> str:
    """Releases of 2025 write a province without its kind: "Cao Bằng" is "Tỉnh Cao Bằng"."""
    low = plain(name).lower()
    return plain(name) if low.startswith(("tỉnh ", "thành phố ")) else f"Tỉnh {plain(name)}"


def _pairs(package: Any) -> Iterator[tuple[str, str]]:
    if not hasattr(package.Ward, "get_legacy_sources"):
        return
    for commune in package.Ward.iter_all():
        for old in commune.get_legacy_sources():
            yield f"{int(old.code):05d}", f"{int(commune.code):05d}"


def step_of(listed: Listed, since: date | None) -> DayOfChange:
    """The one decision that writes what the list has and is not here, or is otherwise here."""
    day = since or listed.day
    basis = f"Danh mục đơn vị hành chính ngày {listed.day:%d/%m/%Y} (gói {NAME} {listed.release})"
    step = Step({}, listed.entries, frozenset(), day)

    def build(standing: Standing, scope: Scope | None) -> list[Change]:
        part = step if scope is None else scope.narrowed(step)
        recoded = _recoded(part, standing, day)
        part = replace(part, after={key: one for key, one in part.after.items() if key not in recoded})
        changes = changes_of(part, standing)
        standing.left.update(recoded)
        if scope is None:
            _tell_gone(listed, standing, day)
        return changes

    note = "Gói không ghi đơn vị có từ ngày nào."
    return DayOfChange(f"package:{listed.day}:{day}", day, basis, 0, build, note)


def _recoded(step: Step, standing: Standing, day: date) -> dict[str, str]:
    """Codes of units whose name stands here under the same province with another code.

    Draft lists exchange codes. They may be the same unit or not; only a person can say, so they are left and
    told, neither established a second time nor renamed.
    """
    here = standing.units(day)
    names = {
        (standing.above(unit, day), _spelling(standing.words(unit, day).name)): code
        for code, unit in here.items()
    }
    found = {}
    for code, entry in step.after.items():
        twin = names.get((here.get(entry.parent), _spelling(entry.name)))
        if twin not in (None, code) and (entry.level == "province" or entry.parent in here):
            found[code] = f"ở đây đã có {entry.name} với mã {twin}; nếu là một thì hãy sửa mã bằng tay"
    return found


def _tell_gone(listed: Listed, standing: Standing, day: date) -> None:
    """Name the provinces and communes here that the list does not have; a person decides about them."""
    for code, unit in standing.units(day).items():
        if code not in listed.entries and standing.words(unit, day).level in ("province", "commune"):
            standing.left[code] = GONE


@dataclass(frozen=True)
class Compared:
    """The list beside what is here on its day. Codes; pairs are (old code, new code)."""

    day: date
    missing: tuple[str, ...]
    otherwise: tuple[tuple[str, str, str], ...]  # code, name of the list, name here
    more: tuple[str, ...]
    pairs_only_listed: tuple[tuple[str, str], ...]
    pairs_only_here: tuple[tuple[str, str], ...]
    pairs: int  # how many were compared

    @property
    def differs(self) -> bool:
        """Whether anything is not equal."""
        return any((self.missing, self.otherwise, self.more, self.pairs_only_listed, self.pairs_only_here))


def compared(listed: Listed) -> Compared:
    """The list against the provinces and communes here on its day, and its pairs against the lineage here."""
    from kientoan.domains.organisation.queries import TERRITORIES, units_listed

    here = {
        unit.code: unit
        for unit in units_listed(listed.day)
        if unit.code and unit.kind in TERRITORIES and unit.level in ("province", "commune")
    }
    otherwise = tuple(
        (code, entry.name, here[code].name)
        for code, entry in sorted(listed.entries.items())
        if code in here and _spelling(here[code].name) != _spelling(entry.name)
    )
    kept = _pairs_here() if listed.pairs else frozenset()
    return Compared(
        listed.day,
        tuple(sorted(listed.entries.keys() - here.keys())),
        otherwise,
        tuple(sorted(here.keys() - listed.entries.keys())),
        tuple(sorted(listed.pairs - kept)),
        tuple(sorted(kept - listed.pairs)),
        len(listed.pairs),
    )


def _spelling(name: str) -> str:
    from kientoan.engines.vietnamese import normal_tones

    return normal_tones(plain(name)).lower()


def _pairs_here() -> frozenset[tuple[str, str]]:
    """(old code, new code) of the communes that went on into others on 1 July 2025, as applied here."""
    from kientoan.domains.organisation.models import DecisionState, Level, Passing, UnitCode, UnitVersion

    from .checking import BEFORE

    communes = UnitVersion.objects.on(BEFORE).filter(level=Level.COMMUNE).values("unit")
    codes = UnitCode.objects.filter(scheme="gso")
    old = dict(codes.on(BEFORE).filter(unit__in=communes).values_list("unit_id", "code"))
    new = dict(codes.on(REFORM).values_list("unit_id", "code"))
    rows = Passing.objects.filter(
        original__event__decision__effective_date=REFORM,
        original__event__decision__state=DecisionState.APPLIED,
    ).values_list("original__unit", "result__unit")
    return frozenset((old[was], new[now]) for was, now in rows if was in old and now in new)
