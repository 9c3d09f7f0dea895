"""Reading the lists: what is missing, cut or malformed is told with its place before anything is written."""

import csv
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

COLUMNS = {
    "history_events.csv": (
        "date", "event", "level", "code", "old_name", "new_name", "old_parent", "new_parent",
    ),
    "history_snapshots.csv": (
        "date", "n_province", "n_district", "n_commune", "n_create", "n_abolish", "n_rename", "n_move",
        "legal_basis",
    ),
    "units_pre2025.csv": ("code", "name", "level", "parent_code"),
    "units_post2025.csv": ("code", "name", "level", "parent_code", "decree"),
    "mapping.csv": ("old_code", "new_code", "kind", "old_area_share_est"),
    "mapping_provinces.csv": ("old_province", "new_province"),
}  # fmt: skip
EVENTS = ("create", "abolish", "rename", "move")
LEVELS = {"1": "province", "2": "district", "3": "commune"}


class BadSource(Exception):
    """A list that cannot be used; the message names the file, the row and the remedy."""


@dataclass(frozen=True, slots=True)
class Row:
    """One dated change of the history, as the list has it."""

    day: date
    event: str
    level: str
    code: str
    old_name: str
    new_name: str
    new_parent: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One official count; `events`: how many changes of each kind the list has for it."""

    day: date
    counts: tuple[int, int, int]  # provinces, districts, communes
    events: tuple[int, ...]  # in the order of EVENTS
    legal_basis: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One unit of the list before or after 1 July 2025."""

    code: str
    name: str
    level: str
    parent: str
    decree: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """An old unit went to a new one, wholly or in part; `area`: the estimated part of its area."""

    old: str
    new: str
    full: bool
    area: Decimal | None


@dataclass(frozen=True)
class Source:
    """All lists, read and checked."""

    rows: tuple[Row, ...]
    snapshots: tuple[Snapshot, ...]
    before: dict[str, Entry]
    after: dict[str, Entry]
    links: tuple[Link, ...]
    provinces: dict[str, str]


def plain(name: str) -> str:
    """The name in NFC with single blanks."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def kind_of(name: str, level: str) -> str:
    """The kind that the first words of the full name say. Raises `BadSource`."""
    low = name.lower()
    if level == "province":
        return "city" if low.startswith("thành phố") else "province"
    kinds = (
        {"huyện": "district", "quận": "urban_district", "thị xã": "town", "thành phố": "provincial_city"}
        if level == "district"
        else {"xã": "commune", "phường": "ward", "thị trấn": "township", "đặc khu": "special_zone"}
    )
    for words, kind in kinds.items():
        if low.startswith(words + " "):
            return kind
    raise BadSource(f"“{name}”: không rõ là loại đơn vị nào. Hãy ghi tên đầy đủ, ví dụ “Xã …”, “Phường …”.")


def read_source(folder: Path) -> Source:
    """Read and check the six lists in the folder. Raises `BadSource`."""
    rows = tuple(_history(folder))
    snapshots = tuple(_snapshots(folder))
    _require_whole(rows, snapshots)
    before, after = _units(folder, "units_pre2025.csv"), _units(folder, "units_post2025.csv")
    links = tuple(_links(folder, before, after))
    provinces = {
        row["old_province"]: row["new_province"] for _, row in _read(folder, "mapping_provinces.csv")
    }
    wanted = {code for code, entry in before.items() if entry.level == "province"}
    if wanted != set(provinces):
        missing = ", ".join(sorted(wanted ^ set(provinces)))
        raise BadSource(f"mapping_provinces.csv: không khớp các tỉnh của units_pre2025.csv ({missing}).")
    return Source(rows, snapshots, before, after, links, provinces)


def _read(folder: Path, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    path = folder / name
    if not path.is_file():
        raise BadSource(f"Không thấy {name} trong thư mục đã cho. Hãy kiểm tra --from.")
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            missing = [column for column in COLUMNS[name] if column not in (reader.fieldnames or ())]
            if missing:
                raise BadSource(f"{name}: thiếu cột {', '.join(missing)}.")
            for row in reader:
                if any(row[column] is None for column in COLUMNS[name]):
                    raise BadSource(
                        f"{name}, dòng {reader.line_num}: thiếu ô, tệp có thể bị cắt. Hãy tải lại."
                    )
                yield reader.line_num, row
    except UnicodeDecodeError as error:
        raise BadSource(f"{name}: không phải UTF-8. Hãy lưu lại bằng UTF-8.") from error


def _day(name: str, line: int, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadSource(f"{name}, dòng {line}: “{text}” không phải ngày (năm-tháng-ngày).") from error


def _history(folder: Path) -> Iterator[Row]:
    name = "history_events.csv"
    last = date.min
    for line, row in _read(folder, name):
        day = _day(name, line, row["date"])
        if day < last:
            raise BadSource(f"{name}, dòng {line}: ngày {day:%d/%m/%Y} trước dòng trên. Hãy xếp theo ngày.")
        last = day
        if row["event"] not in EVENTS or row["level"] not in LEVELS or not row["code"]:
            raise BadSource(f"{name}, dòng {line}: sự kiện, cấp hoặc mã không hợp lệ.")
        yield Row(
            day, row["event"], LEVELS[row["level"]], row["code"], plain(row["old_name"]),
            plain(row["new_name"]), row["new_parent"],
        )  # fmt: skip


def _snapshots(folder: Path) -> Iterator[Snapshot]:
    name = "history_snapshots.csv"
    for line, row in _read(folder, name):
        try:
            counts = tuple(int(row[f"n_{level}"]) for level in LEVELS.values())
            events = tuple(int(row[f"n_{event}"]) for event in EVENTS)
        except ValueError as error:
            raise BadSource(f"{name}, dòng {line}: có ô không phải số.") from error
        yield Snapshot(
            _day(name, line, row["date"]), (counts[0], counts[1], counts[2]), events, row["legal_basis"]
        )


def _require_whole(rows: tuple[Row, ...], snapshots: tuple[Snapshot, ...]) -> None:
    """The list of changes has, for each day, as many of each kind as the list of counts says."""
    listed = Counter((row.day, row.event) for row in rows)
    wanted: Counter[tuple[date, str]] = Counter()
    for snapshot in snapshots:
        for event, count in zip(EVENTS, snapshot.events, strict=True):
            wanted[snapshot.day, event] += count
    for key in sorted(set(listed) | set(wanted)):
        if listed[key] != wanted[key]:
            raise BadSource(
                f"history_events.csv: ngày {key[0]:%d/%m/%Y} có {listed[key]} dòng “{key[1]}”, "
                f"history_snapshots.csv ghi {wanted[key]}. Tệp có thể bị cắt: hãy tải lại."
            )


def _units(folder: Path, name: str) -> dict[str, Entry]:
    found = {}
    for line, row in _read(folder, name):
        if row["level"] not in LEVELS.values() or row["code"] in found:
            raise BadSource(f"{name}, dòng {line}: cấp không hợp lệ hoặc mã {row['code']} đã có ở trên.")
        found[row["code"]] = Entry(
            row["code"], plain(row["name"]), row["level"], row["parent_code"], row.get("decree", "")
        )
    for entry in found.values():
        if entry.level != "province" and entry.parent not in found:
            raise BadSource(
                f"{name}: {entry.name} ({entry.code}) thuộc mã {entry.parent} không có trong tệp."
            )
    return found


def _links(folder: Path, before: dict[str, Entry], after: dict[str, Entry]) -> Iterator[Link]:
    name = "mapping.csv"
    for line, row in _read(folder, name):
        if row["old_code"] not in before or row["new_code"] not in after:
            raise BadSource(f"{name}, dòng {line}: mã {row['old_code']} hoặc {row['new_code']} không có.")
        try:
            area = Decimal(row["old_area_share_est"]) if row["old_area_share_est"] else None
        except InvalidOperation as error:
            raise BadSource(f"{name}, dòng {line}: phần diện tích không phải số.") from error
        full = row["kind"].startswith("full")
        yield Link(row["old_code"], row["new_code"], full, None if full else area)
