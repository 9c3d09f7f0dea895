"""`kientoan units --on DAY`: the units in force on a day, as a table, CSV, JSON lines or counts."""

import argparse
import csv
import json
import sys
from typing import TYPE_CHECKING

from .days import as_day

if TYPE_CHECKING:
    from kientoan.domains.organisation.queries import ListedUnit

HIERARCHIES = ("government", "party", "front", "council")
LEVELS = ("central", "province", "district", "commune")
COLUMNS = ("code", "name", "kind", "level", "parent_code")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("--on", required=True, type=as_day, metavar="YYYY-MM-DD", help="ngày cần xem")
    parser.add_argument("--hierarchy", choices=HIERARCHIES, default="government", help="hệ thống")
    parser.add_argument("--under", metavar="CODE", help="chỉ đơn vị có mã này (ngày ấy) và dưới nó")
    parser.add_argument("--level", choices=LEVELS, default="", help="chỉ cấp này")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--csv", action="store_true", help="in CSV")
    form.add_argument("--json", action="store_true", help="in JSON, mỗi đơn vị một dòng")
    form.add_argument("--counts", action="store_true", help="chỉ in số đơn vị từng cấp (JSON)")


def run(options: argparse.Namespace) -> int:
    """Exit code 0, or 1 when no unit has the code on the day."""
    from kientoan.domains.organisation.queries import NoSuchCode, counts_of, unit_with_code, units_listed

    try:
        under = unit_with_code(options.under, options.on) if options.under else None
    except NoSuchCode as missing:
        print(f"Ngày {missing.day:%d/%m/%Y} không có đơn vị nào mang mã {missing.code}.", file=sys.stderr)
        return 1
    units = units_listed(options.on, hierarchy=options.hierarchy, under=under, level=options.level)
    if options.counts:
        print(json.dumps(counts_of(units)))
    elif options.json:
        for unit in units:
            print(json.dumps(dict(zip(COLUMNS, values_of(unit), strict=True)), ensure_ascii=False))
    else:
        write_table(units, comma=options.csv)
    return 0


def values_of(unit: "ListedUnit") -> tuple[str, str, str, str, str]:
    """The columns of one unit."""
    return unit.code, unit.name, unit.kind, unit.level, unit.parent_code


def write_table(units: "list[ListedUnit]", *, comma: bool) -> None:
    """Write CSV, or the same with tabs for the eye."""
    writer = csv.writer(sys.stdout, delimiter="," if comma else "\t", lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(values_of(unit) for unit in units)
