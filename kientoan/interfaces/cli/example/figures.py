"""Indicators and reported figures of the example city."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from kientoan.domains.documents.models import PolicyField
from kientoan.domains.results.models import Indicator, Observation, Submission, SubmissionState
from kientoan.domains.temporal.models import since

from .source import VINTAGES, Load, moment, period_of


def load_indicators(load: Load) -> None:
    """The fields of work and the indicators."""
    load.fields = {
        row["code"]: PolicyField.objects.get_or_create(
            code=row["code"], defaults={"name": row["name"], "name_en": row["name_en"]}
        )[0]
        for row in load.rows("fields.csv")
    }
    indicators = Indicator.objects.bulk_create(
        Indicator(
            code=row["code"],
            name=row["name_vi"],
            name_en=row["name_en"],
            unit_of_measure=row["unit_of_measure"],
            decimals=int(row["decimals"]),
            ascending=row["ascending"] == "1",
            aggregation=row["aggregation"],
            accumulates=row["aggregation"] == "sum" and row["frequency"] != "year",
            field=load.fields[row["field"]],
        )
        for row in load.rows("indicators.csv")
    )
    load.indicators = {indicator.code: indicator for indicator in indicators}


def load_observations(load: Load) -> None:
    """The reported figures, one submission per unit, period and vintage."""
    groups: dict[tuple[str, str, str], list[dict[str, str]]] = defaultdict(list)
    for row in load.rows("observations.csv"):
        groups[row["unit_key"], row["period"], row["vintage"]].append(row)
    submissions = Submission.objects.bulk_create(_submission(load, key, rows) for key, rows in groups.items())
    Observation.objects.bulk_create(
        _observation(load, submission, row)
        for submission, rows in zip(submissions, groups.values(), strict=True)
        for row in rows
    )


def _submission(load: Load, key: tuple[str, str, str], rows: list[dict[str, str]]) -> Submission:
    """Who entered the figures and who approved them; "submitted" ones wait for the head of the unit."""
    unit, period, vintage = key
    start, end, frequency = period_of(period)
    first = moment(min(date.fromisoformat(row["reported_on"]) for row in rows))
    sources = list(dict.fromkeys(row["source"] for row in rows))
    reporter, head = load.account("reporter", unit), load.account("head", unit)
    approved = rows[0]["state"] == SubmissionState.APPROVED
    return Submission(
        unit=load.units[unit],
        in_force=since(start, end),
        frequency=frequency,
        vintage=VINTAGES[vintage],
        state=SubmissionState(rows[0]["state"]),
        source=sources[0] if len(sources) == 1 else "",
        created_by=reporter,
        created_at=first,
        submitted_by=reporter,
        submitted_at=first,
        decided_by=head if approved else None,
        decided_at=first if approved else None,
    )


def _observation(load: Load, submission: Submission, row: dict[str, str]) -> Observation:
    start, end, frequency = period_of(row["period"])
    return Observation(
        submission=submission,
        unit=submission.unit,
        indicator=load.indicators[row["indicator"]],
        period_start=start,
        period_end=end,
        frequency=frequency,
        vintage=submission.vintage,
        value=Decimal(row["value"]),
        note=row["source"],
        approved=submission.state == SubmissionState.APPROVED,
        reported_at=moment(date.fromisoformat(row["reported_on"])),
    )
