"""Every record that points to a unit either passes on when the unit ends, or stays for a reason given here.

Whoever adds a model with a foreign key to a unit decides which and writes it down; until then the test fails.
"""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

from kientoan.domains.organisation.models import Unit
from kientoan.domains.plans.models import SUBJECTS, Succession

PASSES = {
    "organisation.RoleGrant.unit": "to the successors, to the same end; else it waits",
    "organisation.Post.unit": "made anew in a new unit, vacant: to appoint is an act of a person",
    "organisation.Installation.root": "the installation goes on with the heir of its root",
    "results.Submission.unit": "one not approved yet is finished by the heir; it is still about the old unit",
    "plans.ProgrammeDuty.unit": "one that is not fulfilled; where the heir has the same, they are one",
    "plans.TargetSet.unit": "a set of this year and later",
    "plans.Target.unit": "one that is not over; added up where it meets another",
    "plans.Target.monitor_unit": "with the duties of the unit",
    "plans.Task.assigner_unit": "of open tasks",
    "plans.Task.lead_unit": "of open tasks",
    "plans.Task.cooperating_units": "through the rows of the next line",
    "plans.Cooperation.unit": "of open tasks; one that leads or cooperates already is not named twice",
}
STAYS = {
    "organisation.UnitVersion.unit": "what the unit was: it ends with the unit",
    "organisation.UnitCode.unit": "ends with the unit; the decision says who has the code then",
    "organisation.Placement.unit": "ends with the unit",
    "organisation.Placement.parent": "the decision places what stood under the unit, or is refused",
    "organisation.Closure.ancestor": "worked out from the placements",
    "organisation.Closure.descendant": "worked out from the placements",
    "organisation.Boundary.unit": "an outline of the unit in its time",
    "organisation.OriginalUnit.unit": "the decision itself",
    "organisation.OriginalUnit.heir": "the decision itself: who carries on the whole record",
    "organisation.ResultingUnit.unit": "the decision itself",
    "organisation.ResultingPlace.parent": "the decision itself",
    "organisation.Headcount.unit": "carried by the organisation itself, marked as an estimate",
    "organisation.Installation.root_before": "whose installation it was until the day of the decision",
    "organisation.Registration.unit": "the unit's register in its time; who comes after reads it and goes on",
    "results.Submission.begun_for": "which unit began the figures",
    "results.Observation.unit": "a figure is about the unit that it was reported of; lenses recast it",
    "plans.AnnualTheme.unit": "what that unit set for that year; the new unit sets its own",
    "plans.Update.unit": "who acted: a line of the log is never rewritten",
    "plans.Succession.from_unit": "the passing on itself",
    "plans.Succession.to_unit": "the passing on itself",
    "reorganisation.Choice.unit": "of a draft",
    "reorganisation.Choice.heir": "of a draft",
    "reorganisation.FieldHeir.heir": "of a draft",
    "reorganisation.Handover.root_before": "what undoing gives back",
}


def pointing_to_units() -> Iterator[str]:
    """Every field of every model that names a unit, without the history tables."""
    for model in apps.get_models(include_auto_created=True):
        if hasattr(model, "pgh_tracked_model"):
            continue
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey | models.ManyToManyField) and field.related_model is Unit:
                yield f"{model._meta.label}.{field.name}"


def test_no_record_of_a_unit_is_forgotten() -> None:
    assert not set(PASSES) & set(STAYS)
    assert sorted(pointing_to_units()) == sorted({**PASSES, **STAYS})


@pytest.mark.parametrize("subject", SUBJECTS)
def test_what_a_succession_tells_of_is_among_what_passes(subject: str) -> None:
    model = Succession._meta.get_field(subject).related_model
    assert isinstance(model, type)
    assert any(name.startswith(f"{model._meta.label}.") for name in PASSES)  # type: ignore[attr-defined]
