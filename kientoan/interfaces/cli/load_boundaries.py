"""`kientoan load-boundaries FILE --on DAY`: outlines of communes from GeoJSON, matched by code on that day.

Each feature needs the property `code`, the code of the public list of units. Codes are given anew over the
years, so an outline with another `name` than the unit is told and not loaded. A unit that has no code yet is
found by `name` and `prov`, the code of the unit above it. Running it twice changes nothing.
"""

import argparse
import gzip
import json
import sys
import zlib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .days import as_day

if TYPE_CHECKING:
    from kientoan.domains.organisation.operations import LoadedBoundaries, Outline

MOST_TOLD = 20
REASONS = {
    "kind": "không phải Polygon hoặc MultiPolygon",
    "ring": "có vòng ít hơn ba điểm",
    "point": "có điểm không phải kinh độ, vĩ độ",
    "code": "thiếu thuộc tính code",
    "twice": "mã này đã có ở một dòng trước",
}


class BadFile(Exception):
    """The file cannot be used; `reasons` says why, each with its row."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("file", metavar="FILE", help="tệp .geojson hoặc .geojson.gz")
    parser.add_argument(
        "--on", required=True, type=as_day, metavar="YYYY-MM-DD", help="bản đồ là của ngày nào"
    )
    parser.add_argument("--source", default="", help="nguồn của bản đồ, hiện dưới hình vẽ")
    parser.add_argument("--dry-run", action="store_true", help="chỉ báo sẽ nạp gì, không ghi")


def run(options: argparse.Namespace) -> int:
    """Exit code 0 when the outlines are in, also when some match no unit; 1 when the file cannot be used."""
    try:
        outlines = read_outlines(Path(options.file))
    except BadFile as bad:
        print(f"{options.file}: chưa ghi gì.", file=sys.stderr)
        _tell(bad.reasons)
        return 1
    from django.utils import timezone

    from kientoan.domains.organisation.operations import load_boundaries

    loaded = load_boundaries(
        outlines=outlines, day=options.on, source=options.source, at=timezone.now(), dry_run=options.dry_run
    )
    _report(loaded, options.on, dry_run=options.dry_run)
    return 0


def read_outlines(path: Path) -> "list[Outline]":
    """The features of the file. Raises `BadFile` with every reason."""
    from kientoan.domains.organisation.operations import Outline
    from kientoan.engines.outlines import BadOutline, rounded

    outlines, reasons, codes = [], [], set()
    for row, feature in enumerate(_features(path), start=1):
        properties = feature.get("properties") if isinstance(feature, dict) else None
        properties = properties if isinstance(properties, dict) else {}
        code, name = str(properties.get("code") or "").strip(), str(properties.get("name") or "").strip()
        trouble = "code" if not code else "twice" if code in codes else ""
        codes.add(code)
        if not trouble:
            try:
                parent = str(properties.get("prov") or "").strip()
                outlines.append(Outline(row, code, name, rounded(feature.get("geometry")), parent))
            except BadOutline as bad:
                trouble = str(bad)
        if trouble:
            reasons.append(f"dòng {row} ({code or '?'} {name}): {REASONS[trouble]}")
    if reasons:
        raise BadFile(reasons)
    return outlines


def _features(path: Path) -> list[Any]:
    try:
        data = path.read_bytes()
        found = json.loads(gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data)
    except OSError as error:
        raise BadFile([f"không mở được tệp ({error.strerror or error})"]) from error
    except (ValueError, EOFError, zlib.error) as error:
        raise BadFile(["tệp không phải GeoJSON, hoặc bị cắt giữa chừng"]) from error
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(features, list):
        raise BadFile(["tệp không có danh sách “features” của GeoJSON"])
    return features


def _report(loaded: "LoadedBoundaries", day: date, *, dry_run: bool) -> None:
    print(
        f"{'Sẽ nạp' if dry_run else 'Đã nạp'} {loaded.new} ranh giới mới, thay {loaded.changed}, "
        f"giữ nguyên {loaded.same}; {len(loaded.unmatched)} không khớp đơn vị nào ngày {day:%d/%m/%Y}, "
        f"{len(loaded.renamed)} khác tên."
    )
    if loaded.by_name:
        print(f"{len(loaded.by_name)} ranh giới khớp theo tên, vì đơn vị ở đây chưa ghi mã.", file=sys.stderr)
    _tell([f"dòng {one.row}: không có đơn vị mã {one.code} ({one.name})" for one in loaded.unmatched])
    _tell(
        [
            f"dòng {one.row}: mã {one.code} là “{one.name}”, ở đây là “{name}”, nên không nạp; nếu đúng là "
            "một nơi, hãy bỏ thuộc tính name"
            for one, name in loaded.renamed
        ]
    )


def _tell(lines: list[str]) -> None:
    for line in lines[:MOST_TOLD]:
        print(f"  {line}", file=sys.stderr)
    if len(lines) > MOST_TOLD:
        print(f"  … và {len(lines) - MOST_TOLD} dòng nữa", file=sys.stderr)
