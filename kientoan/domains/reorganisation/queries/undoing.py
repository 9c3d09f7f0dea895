"""What was done since with the duties that a decision passed on, so that it cannot be undone."""

from kientoan.domains.organisation.models import Decision
from kientoan.domains.organisation.queries.undoing import Hindrance


def hindrances(decision: Decision) -> list[Hindrance]:
    """All of it, each with what to do about it."""
    return []
