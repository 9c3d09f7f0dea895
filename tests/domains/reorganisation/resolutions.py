"""A small land before a resolution, and resolutions on it."""

from datetime import date

from kientoan.domains.organisation import operations
from kientoan.domains.organisation.models import Hierarchy, Unit
from kientoan.domains.organisation.queries import units_on
from kientoan.domains.reorganisation.proposing import Proposal

START = date(2017, 1, 1)
DAY = date(2025, 7, 1)
KINDS = {
    "Xã": "commune", "Phường": "ward", "Thị trấn": "township", "Huyện": "district", "Quận": "urban_district",
    "Thị xã": "town", "Tỉnh": "province",
}  # fmt: skip

SONG = {
    "Huyện Cờ Đỏ": ["Xã Thạnh Phú", "Xã Trung Hưng", "Thị trấn Cờ Đỏ"],
    "Quận Ninh Kiều": ["Phường Tân An", "Phường Thới Bình", "Phường An Hội"],
}
MY_XUYEN = {"Huyện Mỹ Xuyên": ["Xã Thạnh Phú", "Thị trấn Mỹ Xuyên", "Xã Gia Hòa"]}

HEAD = """ỦY BAN THƯỜNG VỤ QUỐC HỘI
Số: 1668/NQ-UBTVQH15
Hà Nội, ngày 16 tháng 6 năm 2025

NGHỊ QUYẾT
Về việc sắp xếp các đơn vị hành chính cấp xã của thành phố Cần Thơ năm 2025

Điều 1. Sắp xếp các đơn vị hành chính cấp xã của thành phố Cần Thơ

"""
FOOT = """
Điều 2. Hiệu lực thi hành

1. Nghị quyết này có hiệu lực thi hành từ ngày được thông qua.

2. Chính quyền địa phương chính thức hoạt động từ ngày 01 tháng 7 năm 2025.
"""
WHOLE = "Sắp xếp toàn bộ diện tích tự nhiên, quy mô dân số của"
CLAUSES = (
    f"{WHOLE} phường Tân An và một phần diện tích tự nhiên, quy mô dân số của phường Thới Bình thành phường "
    "mới có tên gọi là phường Ninh Kiều.",
    f"{WHOLE} phường An Hội và phần còn lại của phường Thới Bình sau khi sắp xếp theo quy định tại khoản 1 "
    "Điều này thành phường mới có tên gọi là phường Tân An.",
    f"{WHOLE} xã Thạnh Phú và thị trấn Cờ Đỏ thành xã mới có tên gọi là xã Cờ Đỏ.",
    f"{WHOLE} xã Gia Hòa và thị trấn Mỹ Xuyên thành phường mới có tên gọi là phường Mỹ Xuyên.",
    "Sau khi sắp xếp, thành phố Cần Thơ có 06 đơn vị hành chính cấp xã, trong đó có 02 xã không thực hiện "
    "sắp xếp là các xã Trung Hưng, Thạnh Phú.",
)


def text(*clauses: str) -> str:
    """A resolution with numbered clauses."""
    numbered = (f"{place}. {words}\n\n" for place, words in enumerate(clauses or CLAUSES, start=1))
    return HEAD + "".join(numbered) + FOOT


def grow(above: Unit | None, name: str, level: str, code: str, kind: str = "") -> Unit:
    """A unit in the government's tree."""
    found = kind or next(KINDS[word] for word in sorted(KINDS, key=len) if name.startswith(word))
    return operations.establish_unit(
        name=name, kind=found, level=level, start=START, parents={Hierarchy.GOVERNMENT: above},
        codes={"gso": code},
    )  # fmt: skip


def provinces() -> dict[str, Unit]:
    """Cần Thơ with two districts, Sóc Trăng with one; a commune of one name in both; by name."""
    city = grow(None, "Thành phố Cần Thơ", "province", "92", "city")
    found = {"Thành phố Cần Thơ": city}
    found |= districts(city, SONG, 100)
    other = grow(None, "Tỉnh Sóc Trăng", "province", "94")
    found |= {"Tỉnh Sóc Trăng": other} | districts(other, MY_XUYEN, 200)
    operations.refresh_closure()
    return found


def districts(above: Unit, named: dict[str, list[str]], code: int) -> dict[str, Unit]:
    """Districts with their communes; the second of a name is kept as "name (district)"."""
    found: dict[str, Unit] = {}
    for district, communes in named.items():
        found[district] = grow(above, district, "district", str(code := code + 1))
        for commune in communes:
            key = commune if code < 200 else f"{commune} ({district})"
            found[key] = grow(found[district], commune, "commune", str(code := code + 1))
    return found


def chosen(proposal: Proposal) -> list[list[str]]:
    """For each clause the codes of the units chosen, "?" for a question."""
    codes = {unit.id: unit.code for unit in proposal.land.units.values()}
    return [[codes.get(one.unit or 0, "?") for one in item.named] for item in proposal.items]


def names_under(unit: Unit, day: date) -> list[str]:
    """The names of the territories right under a unit."""
    from kientoan.domains.organisation.queries import children_ids

    return sorted(one.name for one in units_on(day, children_ids(unit.pk, day)).values())
