"""Who looks at what was known at an earlier moment: sees what the account sees today, and changes nothing.

Every question "may I change this?" of every domain ends at `Viewer.has`; so one answer hides every button and
refuses every form, and none can be forgotten on a new page.
"""

from .access import NotAllowed, Viewer


class LookingBack(Viewer):
    """A viewer to whom no role gives a right to change; the reach of the roles stays."""

    @property
    def administers_all(self) -> bool:
        """Nobody administers the past."""
        return False

    def has(self, *roles: str, unit: int | None = None) -> bool:
        """No role counts here."""
        return False


def looking_back(viewer: Viewer) -> LookingBack:
    """The same account on the same day with the same reach."""
    return LookingBack(viewer.user, viewer.day, viewer.grants, viewer.today, viewer.ahead)


def may_change(viewer: Viewer) -> bool:
    """Whether anything may be changed at all."""
    return not isinstance(viewer, LookingBack)


def require_to_see(viewer: Viewer, *roles: str, unit: int | None = None) -> None:
    """Raise `NotAllowed` unless one of the roles is held, for a page that changes nothing."""
    if not Viewer.has(viewer, *roles, unit=unit):
        raise NotAllowed(*roles)
