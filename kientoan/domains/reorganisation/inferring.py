"""What follows from a resolution without being said in it; each a box that a person ticks or not."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from .land import Land
from .rules.resolutions import TWO_LEVELS_BASIS, two_levels

MERGE_PROVINCE = "province"
END_DISTRICT = "district"
MOVE_UP = "under"


@dataclass(frozen=True, slots=True)
class Inferred:
    """A further change: `what` is one of the three above, `unit` whom it concerns, `basis` the law.

    `ticked`: whether the program proposes it.
    """

    what: str
    unit: int
    name: str
    where: str
    why: str
    basis: str = ""
    ticked: bool = True

    @property
    def key(self) -> str:
        """The name of the box."""
        return f"{self.what}-{self.unit}"


def infer(
    land: Land,
    day: date,
    *,
    main: int | None,
    whole: Sequence[int],
    named: Collection[int],
    offered: Collection[int],
) -> tuple[Inferred, ...]:
    """Propose the end of what is left empty, and a place for what the text does not mention.

    `whole`: provinces whose communes are nearly all named. `named`: units that a clause is sure to mean,
    `offered`: those that an open question may turn out to mean.
    """
    found: list[Inferred] = []
    if main is not None:
        found += _provinces(land, main, whole, named)
    if two_levels(day):
        for province in whole:
            found += _left_out(land, province, named, offered)
            found += _districts(land, province, named)
    return tuple(found)


def _provinces(land: Land, main: int, whole: Sequence[int], named: Collection[int]) -> Iterator[Inferred]:
    for province in whole:
        if province == main:
            continue
        communes = land.communes(province)
        counts = {
            "named": sum(one in named for one in communes),
            "all": len(communes),
            "name": land.units[province].name,
            "main": land.units[main].name,
        }
        why = _("%(named)s/%(all)s đơn vị cấp xã của %(name)s được văn bản đưa về %(main)s.") % counts
        yield Inferred(MERGE_PROVINCE, province, land.units[province].name, "", why)


def _left_out(
    land: Land, province: int, named: Collection[int], offered: Collection[int]
) -> Iterator[Inferred]:
    """Communes that the text does not mention: they go on, right under the province."""
    for commune in land.communes(province):
        if commune in named or land.district_of(commune) is None:
            continue
        why = _("Văn bản không nhắc đến; cấp trên kết thúc nên đặt trực thuộc tỉnh, thành phố.")
        if commune in offered:
            why = _("Chưa khoản nào lấy đơn vị này; có thể là câu trả lời cho một câu hỏi ở trên.")
        yield Inferred(MOVE_UP, commune, land.units[commune].name, land.path(commune), why)


def _districts(land: Land, province: int, named: Collection[int]) -> Iterator[Inferred]:
    for district in land.districts(province):
        if district in named:
            continue  # a clause itself says what becomes of it (a special zone, say)
        others = [land.units[one] for one in land.below(district) if not land.units[one].is_territory]
        why = _("Không còn đơn vị cấp xã nào trực thuộc; chính quyền địa phương còn hai cấp.")
        if others:
            names = ", ".join(one.name for one in others[:3])
            left = {"count": len(others), "names": names}
            why += " " + _("Còn %(count)s cơ quan trực thuộc (%(names)s): hãy sắp xếp trước.") % left
        yield Inferred(
            END_DISTRICT, district, land.units[district].name, land.path(district), why, TWO_LEVELS_BASIS
        )
