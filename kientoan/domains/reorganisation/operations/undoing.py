"""Undoing a decision: what passed on goes back, then the units are as they were."""

from datetime import datetime

from django.db import transaction

from kientoan.domains.organisation import operations as organisation
from kientoan.domains.organisation.access import Viewer
from kientoan.domains.organisation.models import Decision
from kientoan.domains.organisation.operations import CannotUndo
from kientoan.domains.plans.models import Succession, Update
from kientoan.domains.plans.operations.other_succession import take_others_back
from kientoan.domains.plans.operations.succession import take_tasks_back
from kientoan.domains.plans.operations.target_succession import take_targets_back

from ..models import Handover
from ..queries.undoing import hindrances


@transaction.atomic
def undo_decision(*, decision: Decision, at: datetime, viewer: Viewer | None) -> Decision:
    """Give back the state before the decision, row for row: units, roles and everything that passed on.

    Raises `NotAllowed` before it tells anything, `WrongState`, and `CannotUndo` with what depends on it in
    any domain.
    """
    organisation.require_undoable(decision=decision, viewer=viewer)
    found = hindrances(decision)
    if found:
        raise CannotUndo(found)
    passed = Succession.objects.filter(decision=decision)
    take_tasks_back(Update.objects.filter(decision=decision), passed)
    take_targets_back(passed)
    take_others_back(passed)
    for handover in Handover.objects.filter(decision=decision):
        if handover.installation is not None and handover.root_before is not None:
            stands = Handover.objects.filter(installation=handover.installation).exclude(pk=handover.pk)
            last = stands.select_related("decision", "root_before").order_by("-pk").first()
            organisation.restore_root(
                installation=handover.installation,
                root=handover.root_before,
                earlier=last.root_before if last else None,
                since=last.decision.effective_date if last else None,
            )
        handover.delete()
    return organisation.undo_decision(decision=decision, at=at, viewer=viewer)
