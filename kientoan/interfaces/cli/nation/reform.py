"""1 July 2025: for each new province one decision of all its mergers, with the end of the districts."""

from collections.abc import Iterator, Mapping
from datetime import date

from kientoan.domains.organisation.rules.changes import Change, Origin, Outcome, Passing, Place, Shares

from .differences import HIERARCHY
from .history import DayOfChange
from .scope import Scope
from .source import BadSource, Entry, Link, Source, kind_of
from .standing import Standing

DAY = date(2025, 7, 1)
OF_PROVINCES = "202/2025/QH15"


def reform_of(source: Source) -> Iterator[DayOfChange]:
    """One decision for each province of after the reform, in order of their codes."""
    for code in sorted(set(source.provinces.values())):
        yield _province(source, code)


def require_whole(source: Source, scope: Scope) -> None:
    """Raise `BadSource` when a new province also takes in one that is not to be loaded."""
    for code in sorted({source.provinces[was] for was in scope.provinces}):
        missing = sorted(
            was for was, now in source.provinces.items() if now == code and was not in scope.provinces
        )
        if missing:
            names = ", ".join(f"{source.before[was].name} ({was})" for was in missing)
            raise BadSource(
                f"Từ 01/07/2025 {source.after[code].name} gồm cả {names}. "
                "Hãy thêm các mã ấy vào --provinces, hoặc dừng trước đó bằng --until 2025-06-30."
            )


def _province(source: Source, code: str) -> DayOfChange:
    old = sorted(was for was, now in source.provinces.items() if now == code)
    districts = {key for key, entry in source.before.items() if entry.parent in old}
    inside = districts | {key for key, entry in source.before.items() if entry.parent in districts}
    links = [link for link in source.links if link.old in inside]
    communes = [entry for entry in source.after.values() if entry.parent == code]
    decrees = sorted({entry.decree for entry in communes if entry.decree})

    def build(standing: Standing, scope: Scope | None) -> list[Change]:
        if scope is not None and not scope.provinces & set(old):
            return []
        ids = standing.units(DAY)
        if not districts & set(ids):
            return []  # arranged here already
        _require_old(sorted({*old, *inside} - set(ids)), source.after[code])
        stays = len(old) == 1
        place = Place(HIERARCHY, ids[old[0]]) if stays else Place(HIERARCHY, key=code)
        changes = list(_provinces(source, old, code, ids))
        mapped = {link.old for link in links}
        changes += [
            Change("dissolve", (Origin(ids[key]),), note="Kết thúc hoạt động của cấp huyện.")
            for key in sorted(districts - mapped)
        ]
        changes += [_group(source, group, place, ids) for group in groups_of(links)]
        return changes

    rows = len(links) + len(districts) + len(old)
    return DayOfChange(f"reform:{code}", DAY, "; ".join([OF_PROVINCES, *decrees]), rows, build)


def _require_old(missing: list[str], province: Entry) -> None:
    if missing:
        raise BadSource(
            f"01/07/2025, {province.name}: ở đây không có {len(missing)} đơn vị cũ của danh mục "
            f"({', '.join(missing[:10])}). Hãy lập quyết định sắp xếp tỉnh này bằng tay."
        )


def _provinces(source: Source, old: list[str], code: str, ids: Mapping[str, int]) -> Iterator[Change]:
    entry = source.after[code]
    if len(old) > 1:
        outcome = Outcome(
            key=code, name=entry.name, kind=kind_of(entry.name, entry.level), level=entry.level, code=code,
            places=(Place(HIERARCHY),),
        )  # fmt: skip
        yield Change("merge_new", tuple(Origin(ids[was]) for was in old), (outcome,))
    elif source.before[old[0]].name != entry.name:
        yield Change("rename", outcomes=(Outcome(unit=ids[old[0]], name=entry.name),))


def groups_of(links: list[Link]) -> list[list[Link]]:
    """Links that hang together: old units that share a new one, new ones that share an old one."""
    leader: dict[str, str] = {}

    def find(key: str) -> str:
        leader.setdefault(key, key)
        while leader[key] != key:
            leader[key] = leader[leader[key]]
            key = leader[key]
        return key

    for link in links:
        leader[find(f"old {link.old}")] = find(f"new {link.new}")
    groups: dict[str, list[Link]] = {}
    for link in links:
        groups.setdefault(find(f"new {link.new}"), []).append(link)
    return list(groups.values())


def _group(source: Source, links: list[Link], place: Place, ids: Mapping[str, int]) -> Change:
    old = list(dict.fromkeys(link.old for link in links))
    new = list(dict.fromkeys(link.new for link in links))
    was, now = source.before[old[0]], source.after[new[0]]
    if len(old) == len(new) == 1 and was.level == now.level:
        return _unmerged(was, now, place, ids[was.code])
    outcomes = tuple(
        Outcome(
            key=code, name=source.after[code].name, kind=kind_of(source.after[code].name, "commune"),
            level="commune", code=code, places=(place,),
        )
        for code in new
    )  # fmt: skip
    passings = tuple(
        Passing(old.index(link.old), new.index(link.new), full=link.full, shares=Shares(area=link.area))
        for link in links
    )
    kind = "merge_new" if len(new) == 1 else "split_merge"
    return Change(kind, tuple(Origin(ids[code]) for code in old), outcomes, passings)


def _unmerged(was: Entry, now: Entry, place: Place, unit: int) -> Change:
    """A commune that goes on: under the province itself, perhaps with another name, kind or code."""
    kind = kind_of(now.name, now.level)
    outcome = Outcome(
        unit=unit,
        name=now.name if now.name != was.name else "",
        kind=kind if kind != kind_of(was.name, was.level) else "",
        code=now.code if now.code != was.code else "",
        places=(place,),
    )
    return Change("reparent", (Origin(unit, ends=False),), (outcome,), (Passing(0, 0),))
