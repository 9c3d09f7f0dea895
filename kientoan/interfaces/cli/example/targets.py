"""The target sets of the example: from the documents where they stand in one, by hand where they do not."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from kientoan.domains.documents.models import Document, Passage, PassageKind
from kientoan.domains.plans.acceptance import accept_passages
from kientoan.domains.plans.models import PathPoint, Target, TargetSet

from .papers import OFFICER, officer_of
from .source import VINTAGES, Load, moment, period_of


def load_targets(load: Load) -> None:
    """Make every set with its targets, then what stands above and along the way of each."""
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in load.rows("targets.csv"):
        rows[row["set_key"]].append(row)
    made: dict[str, Target] = {}
    for given in load.rows("target_sets.csv"):
        document = load.documents[given["document_number"]]
        chosen = TargetSet.objects.create(
            name=given["name"],
            year=int(given["period"]),
            unit=load.units[given["unit_key"]],
            document=document,
        )
        mine = rows[given["key"]]
        make = _from_text if mine[0]["eid"] else _by_hand
        targets = make(load, document, chosen, mine)
        made |= {f"{given['key']}/{row['number']}": item for row, item in zip(mine, targets, strict=True)}
    _complete(load, rows, made)


def _from_text(
    load: Load, document: Document, chosen: TargetSet, rows: Sequence[dict[str, str]]
) -> list[Target]:
    """Accept the passages of the document, each in its provision, in the order in which they stand."""
    found: dict[str, list[Passage]] = defaultdict(list)
    passages = Passage.objects.filter(document=document, kind=PassageKind.TARGET)
    for passage in passages.select_related("provision", "document"):
        found[passage.provision.eid if passage.provision else ""].append(passage)
    picked = [found[row["eid"]].pop(0) for row in rows]
    data = {passage.pk: _corrections(load, chosen, row) for passage, row in zip(picked, rows, strict=True)}
    accepted = accept_passages(
        viewer=officer_of(load), passages=picked, data=data, at=moment(load.day_after(document))
    )
    by_passage = {target.passage_id: target for target in accepted.targets}
    return [by_passage[passage.pk] for passage in picked]


def _corrections(load: Load, chosen: TargetSet, row: dict[str, str]) -> dict[str, object]:
    """What the officer says of a target: which indicator it is, whose, in which set."""
    indicator = load.indicators[row["indicator"]]
    return {
        "indicator_id": indicator.pk,
        "unit": indicator.unit_of_measure,
        "unit_id": load.units[row["unit_key"]].pk,
        "target_set_id": chosen.pk,
        "operator": row["operator"],
        "low": row["low"] or None,
        "high": row["high"] or None,
        "period": row["period"],
    }


def _by_hand(
    load: Load, document: Document, chosen: TargetSet, rows: Sequence[dict[str, str]]
) -> list[Target]:
    """Targets of a document whose text is not in the register."""
    return Target.objects.bulk_create(
        Target(
            target_set=chosen,
            indicator=load.indicators[row["indicator"]],
            unit=load.units[row["unit_key"]],
            period_start=period_of(row["period"])[0],
            period_end=period_of(row["period"])[1],
            frequency=period_of(row["period"])[2],
            operator=row["operator"],
            low=_number(row["low"]),
            high=_number(row["high"]),
            created_by=load.users[OFFICER],
            created_at=moment(load.day_after(document)),
        )
        for row in rows
    )


def _complete(load: Load, rows: dict[str, list[dict[str, str]]], made: dict[str, Target]) -> None:
    """Baselines, the units that follow a target, the targets above, and the path of each."""
    points: list[PathPoint] = []
    reported = {row["code"]: row["frequency"] for row in load.rows("indicators.csv")}
    heads = {key.removesuffix(".head"): post for key, post in load.posts.items() if key.endswith(".head")}
    for key, mine in rows.items():
        for row in mine:
            target = made[f"{key}/{row['number']}"]
            target.position = int(row["number"])
            target.frequency = reported[row["indicator"]]
            target.parent = made[row["parent"]] if row["parent"] else None
            target.monitor_unit = load.units[row["lead_unit_key"]]
            target.post = heads.get(row["lead_unit_key"])
            target.baseline = _number(row["baseline_value"])
            target.baseline_year = int(row["baseline_period"]) if row["baseline_period"] else None
            target.baseline_vintage = VINTAGES.get(row["baseline_vintage"], "")
            points.extend(_path(target, row["path"]))
    Target.objects.bulk_update(
        made.values(),
        [
            "position",
            "frequency",
            "parent",
            "monitor_unit",
            "post",
            "baseline",
            "baseline_year",
            "baseline_vintage",
        ],
    )
    PathPoint.objects.bulk_create(points)


def _path(target: Target, text: str) -> list[PathPoint]:
    """'2018-Q1=10;2018-Q2=20': cumulative values at the end of each period."""
    points = []
    for step in filter(None, text.split(";")):
        period, value = step.split("=")
        points.append(
            PathPoint(
                target=target,
                period_start=period_of(period)[0],
                period_end=period_of(period)[1],
                value=Decimal(value),
            )
        )
    return points


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None
