"""The example city's data files agree with one another and with what is publicly known."""

from __future__ import annotations

import csv
import re
import tomllib
import unicodedata
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

CITY = Path(__file__).parents[2] / "example" / "cantho"
HIERARCHIES = ("government", "party", "front", "council")


def rows(name: str) -> list[dict[str, str]]:
    with (CITY / name).open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def plan() -> dict[str, object]:
    return tomllib.loads((CITY / "documents" / "kh-168-ubnd.toml").read_text(encoding="utf-8"))


UNITS = {row["key"]: row for row in rows("units.csv")}


def test_territories_are_one_city_nine_districts_eighty_five_communes() -> None:
    levels = Counter(row["level"] for row in UNITS.values() if row["scheme"] == "gso")
    assert levels == {"province": 1, "district": 9, "commune": 85}
    codes = [row["code"] for row in UNITS.values() if row["code"]]
    assert len(codes) == len(set(codes))
    assert {row["code"] for row in UNITS.values() if row["level"] == "district" and row["code"]} == {
        "916", "917", "918", "919", "923", "924", "925", "926", "927",
    }  # fmt: skip


@pytest.mark.parametrize("hierarchy", HIERARCHIES)
def test_every_hierarchy_is_a_tree(hierarchy: str) -> None:
    parents = {key: row[f"{hierarchy}_parent"] for key, row in UNITS.items()}
    for key in parents:
        seen = {key}
        above = parents[key]
        while above:
            assert above in parents, f"{key}: {above} is not a unit"
            assert above not in seen, f"{key} stands above itself"
            seen.add(above)
            above = parents[above]


def test_abbreviations_belong_to_one_unit_each() -> None:
    spoken = Counter(
        name.casefold()
        for row in UNITS.values()
        for name in {row["name"], *filter(None, row["abbreviations"].split(";"))}
        if row["level"] != "commune"
    )
    assert [name for name, times in spoken.items() if times > 1] == []


def test_posts_people_and_memberships_point_at_each_other() -> None:
    posts = {row["key"]: row for row in rows("posts.csv")}
    people = {row["key"] for row in rows("people.csv")}
    assert {row["unit_key"] for row in posts.values()} <= set(UNITS)
    assert {row["rank"] for row in posts.values()} == {"head", "deputy", "specialist"}
    held: dict[str, list[tuple[str, str]]] = {}
    for row in rows("memberships.csv"):
        assert row["post_key"] in posts
        assert row["person_key"] in people
        held.setdefault(row["post_key"], []).append((row["start_date"], row["end_date"] or "9999-12-31"))
    for post, spells in held.items():
        spells.sort()
        assert all(start < end for start, end in spells), post
        assert all(one[1] <= two[0] for one, two in pairwise(spells)), post


def test_accounts_cover_every_role_and_each_district_reports_and_approves() -> None:
    accounts = rows("accounts.csv")
    people = {row["key"] for row in rows("people.csv")}
    assert {row["person_key"] for row in accounts} <= people
    assert {row["role"] for row in accounts} == {
        "admin", "clerk", "monitor", "reporter", "head", "leader", "inspector", "personnel",
    }  # fmt: skip
    districts = {key for key, row in UNITS.items() if row["level"] == "district" and row["code"]}
    for role in ("reporter", "head"):
        units = {row["unit_key"] for row in accounts if row["role"] == role}
        assert districts <= units
        assert sum(UNITS[unit]["kind"] == "department" for unit in units) >= 8


def test_targets_and_observations_name_known_units_and_indicators() -> None:
    indicators = {row["code"] for row in rows("indicators.csv")}
    for row in rows("targets.csv"):
        assert row["indicator"] in indicators
        assert {row["unit_key"], row["lead_unit_key"]} <= set(UNITS)
    sets = Counter(row["set_key"] for row in rows("targets.csv"))
    assert sets["hdnd-2018"] == 13
    assert sets["tu-2018"] == 14
    keys: Counter[tuple[str, ...]] = Counter()
    for row in rows("observations.csv"):
        assert row["indicator"] in indicators
        assert row["unit_key"] in UNITS
        assert row["vintage"] in {"uoc", "so_bo", "chinh_thuc"}
        assert re.fullmatch(r"\d{4}(-Q[1-4]|-\d{2})?", row["period"])
        date.fromisoformat(row["reported_on"])
        float(row["value"])
        assert row["source"]
        keys[(row["unit_key"], row["indicator"], row["period"], row["vintage"])] += 1
    assert max(keys.values()) == 1


def test_growth_of_2017_is_an_estimate_first_and_final_a_year_later() -> None:
    growth = [r for r in rows("observations.csv") if r["indicator"] == "GRDP_TANG" and r["period"] == "2017"]
    assert [(r["vintage"], r["value"]) for r in growth] == [("uoc", "7.83"), ("chinh_thuc", "6.54")]
    assert growth[0]["reported_on"] < "2018-06-30" < growth[1]["reported_on"]


def test_district_targets_are_those_of_the_annex_of_the_plan() -> None:
    annexes = plan()["annexes"]
    assert isinstance(annexes, list)
    names = {row["name"]: key for key, row in UNITS.items() if row["level"] == "district" and row["code"]}
    columns = ["THU_DB", "HO_NGHEO", "BHYT", "NUOC_SACH", "NTM", "VIEC_LAM"]
    printed = {
        (names[line[1]], code): float(cell.replace(".", "").replace(",", "."))
        for line in annexes[0]["rows"]
        for code, cell in zip(columns, line[2:], strict=True)
        if cell != "-"
    }
    handed_down = {
        (row["unit_key"], row["indicator"]): float(row["low"] or row["high"])
        for row in rows("targets.csv")
        if row["set_key"] == "kh168-2018"
    }
    assert handed_down == printed


def test_new_jobs_and_communes_of_the_districts_add_up_to_the_city_target() -> None:
    def total(code: str) -> float:
        found = [r for r in rows("targets.csv") if r["set_key"] == "kh168-2018" and r["indicator"] == code]
        return sum(float(row["low"]) for row in found)

    assert total("VIEC_LAM") == 51000
    assert total("NTM") == 6


def test_every_text_is_in_composed_form() -> None:
    for path in [*CITY.glob("*.csv"), *CITY.glob("documents/*.toml")]:
        text = path.read_text(encoding="utf-8")
        assert text == unicodedata.normalize("NFC", text), path.name


def test_assignments_and_updates_name_known_documents_and_units() -> None:
    numbers = {
        tomllib.loads(path.read_text(encoding="utf-8"))["number"] for path in CITY.glob("documents/*.toml")
    }
    handed: dict[tuple[str, str, str], set[str]] = {}
    for row in rows("assignments.csv"):
        leads = set(row["lead_units"].split(";"))
        assert row["document"] in numbers
        assert leads <= set(UNITS)
        assert set(filter(None, row["cooperating_units"].split(";"))) <= set(UNITS) - leads
        handed[row["document"], row["eid"], row["nth"]] = leads
    for row in rows("updates.csv"):
        leads = handed[row["document"], row["eid"], row["nth"]]
        assert row["unit_key"] in leads | ({"92", "thanh-uy"} if len(leads) > 1 else set())
        assert "2017-12-07" <= row["day"] <= "2018-06-30"


def test_programmes_point_to_registered_documents() -> None:
    known = {(row["issuer_key"], row["number"]) for row in rows("registered.csv")}
    issuers = {row["key"] for row in rows("issuers.csv")}
    assert {issuer for issuer, _ in known} <= issuers
    for row in rows("programmes.csv"):
        assert row["unit_key"] in UNITS
        if row["programme"] and row["programme"] != "168/KH-UBND":
            assert (row["programme_issuer"], row["programme"]) in known
