"""The duties of the example: accepted from the documents, handed down, and reported on for half a year."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date

from kientoan.domains.documents.models import Document, Passage, PassageKind
from kientoan.domains.organisation.access import Viewer, viewer_of
from kientoan.domains.organisation.models import Role
from kientoan.domains.plans import decisions
from kientoan.domains.plans.acceptance import accept_passages
from kientoan.domains.plans.models import ProgrammeDuty, Task, Update
from kientoan.domains.plans.operations import handing, programmes, updates

from .papers import officer_of
from .source import Load, moment

ACTS: dict[str, Callable[..., Update]] = {
    "completion": updates.report_completion,
    "waiting": updates.report_completion,  # of a reporter: it waits for the head of the unit
    "closed": updates.close,
    "returned": updates.return_completion,
    "suspended": updates.suspend,
    "urged": updates.urge,
}
Place = tuple[str, str, str]  # document number, eId of the provision, which task in it


def load_duties(load: Load) -> None:
    """Accept, hand down, report; then programmes and the theme of the year."""
    chosen: dict[str, dict[Place, dict[str, str]]] = defaultdict(dict)
    for row in load.rows("assignments.csv"):
        chosen[row["document"]][row["document"], row["eid"], row["nth"]] = row
    tasks: dict[Place, Task] = {}
    for number, rows in chosen.items():
        tasks |= _accept(load, load.documents[number], rows)
    parts = _hand_down(load, tasks, {place: row for rows in chosen.values() for place, row in rows.items()})
    _report(load, parts)
    _load_programmes(load)
    _load_themes(load)


def _accept(load: Load, document: Document, rows: dict[Place, dict[str, str]]) -> dict[Place, Task]:
    """Make a task of each passage that is assigned to somebody, and drop the others."""
    officer, at = officer_of(load), moment(load.day_after(document), 9)
    places = dict(_places(document))
    picked = [passage for place, passage in places.items() if place in rows]
    data = {
        passage.pk: {
            "units": [load.units[key].pk for key in rows[place]["lead_units"].split(";")],
            "cooperating_units": [
                load.units[key].pk for key in rows[place]["cooperating_units"].split(";") if key
            ],
            "field": load.fields[rows[place]["field"]].pk,
        }
        for place, passage in places.items()
        if place in rows
    }
    accepted = accept_passages(viewer=officer, passages=picked, data=data, at=at)
    rest = [passage for place, passage in places.items() if place not in rows]
    if rest:
        decisions.drop(viewer=officer, passages=rest, at=at)
    made = {task.passage_id: task for task in accepted.tasks}
    return {place: made[passage.pk] for place, passage in places.items() if place in rows}


def _places(document: Document) -> Iterator[tuple[Place, Passage]]:
    """The task passages of a document by their place."""
    seen: dict[str, int] = defaultdict(int)
    passages = Passage.objects.filter(document=document, kind=PassageKind.TASK)
    for passage in passages.select_related("provision", "document").order_by("start"):
        eid = passage.provision.eid if passage.provision else ""
        seen[eid] += 1
        yield (document.number, eid, str(seen[eid])), passage


def _hand_down(
    load: Load, tasks: dict[Place, Task], rows: dict[Place, dict[str, str]]
) -> dict[tuple[Place, str], int]:
    """Give each task to its units; (place, unit) → the task that the unit has to do."""
    officer = officer_of(load)
    keys = {unit.pk: key for key, unit in load.units.items()}
    given: dict[tuple[Place, str], int] = {}
    for place, task in tasks.items():
        day = load.day_after(load.documents[place[0]])
        units = [load.units[key].pk for key in rows[place]["lead_units"].split(";")]
        if len(units) > 1:  # the whole stays with the assigner, who gathers the parts
            given[place, keys[task.assigner_unit_id]] = task.pk
        for part in handing.hand_down(
            task_id=task.pk, unit_ids=units, viewer=officer, at=moment(day, 10), day=day
        ):
            if part.lead_unit_id is not None:
                given[place, keys[part.lead_unit_id]] = part.pk
    return given


def _report(load: Load, given: dict[tuple[Place, str], int]) -> None:
    """Tell the half year in the order in which it happened."""
    officer = officer_of(load)
    heads = _accounts(load, Role.HEAD)
    reporters = _accounts(load, Role.REPORTER)
    for row in load.rows("updates.csv"):
        unit = row["unit_key"]
        task_id = given[(row["document"], row["eid"], row["nth"]), unit]
        standing_in = Viewer(officer.user, load.day, ((Role.HEAD, load.units[unit].pk),))
        head = heads.get(unit, standing_in)
        _act(row, task_id, officer=officer, head=head, reporter=reporters.get(unit, head))


def _act(row: dict[str, str], task_id: int, *, officer: Viewer, head: Viewer, reporter: Viewer) -> None:
    day, kind, note = date.fromisoformat(row["day"]), row["kind"], row["note"]
    if kind == "progress":
        percent = int(row["percent"]) if row["percent"] else None
        updates.report_progress(
            task_id=task_id, viewer=reporter, at=moment(day), day=day, percent=percent, note=note
        )
        return
    act, viewer = ACTS[kind], {"completion": head, "waiting": reporter}.get(kind, officer)
    act(task_id=task_id, viewer=viewer, at=moment(day, 17), day=day, note=note)


def _accounts(load: Load, role: str) -> dict[str, Viewer]:
    """Unit → the account that has the role there."""
    return {unit: viewer_of(user, load.day) for (held, unit), user in load.accounts.items() if held == role}


def _load_programmes(load: Load) -> None:
    """Who had to issue a programme of its own for a document, and who did."""
    officer = officer_of(load)
    for row in load.rows("programmes.csv"):
        document, unit = load.documents[row["document"]], load.units[row["unit_key"]]
        programmes.require_programmes(
            document=document,
            unit_ids=[unit.pk],
            due_date=date.fromisoformat(row["due_date"]),
            viewer=officer,
            at=moment(load.day_after(document)),
        )
        if row["programme"]:
            programme = load.documents[row["programme"]]
            duty = ProgrammeDuty.objects.get(document=document, unit=unit)
            programmes.fulfil_programme(
                duty_id=duty.pk, programme=programme, viewer=officer, at=moment(load.day_after(programme))
            )


def _load_themes(load: Load) -> None:
    officer = officer_of(load)
    for row in load.rows("themes.csv"):
        document = load.documents[row["document_number"]]
        programmes.set_theme(
            unit=load.units[row["unit_key"]],
            year=int(row["year"]),
            text=row["text"],
            document=document,
            viewer=officer,
            at=moment(load.day_after(document)),
        )
