"""Which kind of change suits what goes in and what comes out, where nobody named it."""

from collections.abc import Sequence

from kientoan.domains.organisation.rules import changes
from kientoan.domains.organisation.rules.changes import Origin, Outcome


def fitting_kind(origins: Sequence[Origin], outcomes: Sequence[Outcome]) -> str:
    """Give the kind by the numbers of units that end, stay, come and go on."""
    if not origins and all(outcome.unit is None for outcome in outcomes):
        return changes.ESTABLISH
    if not outcomes:
        return changes.DISSOLVE
    new = [outcome for outcome in outcomes if outcome.unit is None]
    itself = {origin.unit for origin in origins} <= {outcome.unit for outcome in outcomes}
    if len(outcomes) == 1 and not new and itself:
        return _of_itself(outcomes[0])
    ending = sum(origin.ends for origin in origins)
    if len(origins) == 1 and new and (len(outcomes) > 1 or not ending):
        return changes.SPLIT
    if len(outcomes) > 1:
        return changes.SPLIT_MERGE
    if ending:
        return changes.MERGE_NEW if new else changes.MERGE_INTO
    return changes.TRANSFER if len(origins) == 1 and not new else changes.SPLIT_MERGE


def _of_itself(outcome: Outcome) -> str:
    """One unit goes on: what is new about it."""
    if outcome.kind:
        return changes.CHANGE_KIND
    if outcome.name:
        return changes.RENAME
    return changes.RECODE if outcome.code and not outcome.places else changes.REPARENT
