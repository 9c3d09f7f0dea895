"""`kientoan lineage CODE --on DAY`: where a unit came from and what became of it, with the legal basis."""

import argparse
import json
import sys
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from .days import as_day

if TYPE_CHECKING:
    from kientoan.domains.organisation.queries import Arc, HowItEnded, Named


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("code", metavar="CODE", help="mã đơn vị hành chính")
    parser.add_argument("--on", required=True, type=as_day, metavar="YYYY-MM-DD", help="ngày mang mã ấy")
    parser.add_argument("--json", action="store_true", help="in JSON")


def run(options: argparse.Namespace) -> int:
    """Exit code 0, or 1 when no unit has the code on the day."""
    from kientoan.domains.organisation.queries import (
        NoSuchCode,
        how_it_ended,
        lineage_of,
        unit_with_code,
        units_on,
    )

    try:
        unit = unit_with_code(options.code, options.on)
    except NoSuchCode as missing:
        print(f"Ngày {missing.day:%d/%m/%Y} không có đơn vị nào mang mã {missing.code}.", file=sys.stderr)
        return 1
    lineage, end = lineage_of(unit), how_it_ended(unit)
    named = units_on(options.on, [unit])[unit]
    if options.json:
        plain = {
            "code": options.code,
            "on": options.on.isoformat(),
            "name": named.name,
            "kind": named.kind,
            "predecessors": [_plain(arc, arc.original) for arc in lineage.predecessors],
            "successors": [_plain(arc, arc.result) for arc in lineage.successors],
            "ended": _plain_end(end) if end else None,
        }
        print(json.dumps(plain, ensure_ascii=False))
        return 0
    print(f"{named.name} ({options.code}, {options.on:%d/%m/%Y})")
    for title, arcs in (("Từ", lineage.predecessors), ("Thành", lineage.successors)):
        for arc in arcs:
            other = arc.original if title == "Từ" else arc.result
            extent = "toàn bộ" if arc.full else "một phần"
            basis = arc.legal_basis[:90]
            print(f"  {title}: {other.name} ({other.code}), {arc.day:%d/%m/%Y}, {extent}: {basis}")
    if end is not None:
        print(f"  Kết thúc: {end.day:%d/%m/%Y}, {_where_duties_went(end)}: {end.legal_basis[:90]}")
    return 0


def _where_duties_went(end: "HowItEnded") -> str:
    if end.heir is None:
        return "không một đơn vị nào nhận toàn bộ việc đang làm"
    return f"việc đang làm chuyển về {end.heir.name}" + (f" ({end.heir.code})" if end.heir.code else "")


def _plain_end(end: "HowItEnded") -> dict[str, Any]:
    """`duties_to`: the unit that took over all that was due; null when that was divided, or waits."""
    heir = end.heir
    return {
        "date": end.day.isoformat(),
        "event": end.kind,
        "legal_basis": end.legal_basis,
        "duties_to": {"code": heir.code, "name": heir.name, "kind": heir.kind} if heir else None,
    }


def _plain(arc: "Arc", other: "Named") -> dict[str, Any]:
    """One arc; `code` and `name` are those of the unit at its other end, `steps` how far away it is."""
    return {
        "code": other.code,
        "name": other.name,
        "kind": other.kind,
        "date": arc.day.isoformat(),
        "event": arc.kind,
        "extent": "full" if arc.full else "partial",
        "shares": {
            name: _number(value)
            for name, value in (
                ("population", arc.population), ("area", arc.area), ("headcount", arc.headcount),
                ("by_hand", arc.by_hand),
            )
            if value is not None
        },
        "same_unit": arc.goes_on,
        "steps": arc.steps,
        "from_code": arc.original.code,
        "to_code": arc.result.code,
        "legal_basis": arc.legal_basis,
    }  # fmt: skip


def _number(value: Decimal) -> float:
    return float(value)
