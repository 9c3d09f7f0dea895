"""As known earlier nobody changes anything, and everybody sees what the roles of today let them see."""

import pytest

from kientoan.domains.organisation import registering
from kientoan.domains.organisation.access import NotAllowed, may_administer, may_draft, may_organise
from kientoan.domains.organisation.looking_back import looking_back, may_change, require_to_see
from kientoan.domains.organisation.models import Role
from tests.conftest import Cast


def test_no_role_changes_anything(cast: Cast) -> None:
    viewer = looking_back(cast.viewer(cast.admin))
    assert not may_change(viewer)
    assert not may_organise(viewer, cast.district.pk)
    assert not may_administer(viewer, cast.district.pk)
    assert not may_draft(viewer)
    assert not registering.own_registers(looking_back(cast.viewer(cast.clerk)))
    with pytest.raises(NotAllowed):
        viewer.require(Role.ADMIN)


def test_the_reach_stays(cast: Cast) -> None:
    now, then = cast.viewer(cast.officer), looking_back(cast.viewer(cast.officer))
    assert then.unit_ids() == now.unit_ids()
    assert then.roles == now.roles
    assert may_change(now)


def test_a_page_that_only_shows_still_asks_for_the_role(cast: Cast) -> None:
    require_to_see(looking_back(cast.viewer(cast.officer)), Role.MONITOR, unit=cast.district.pk)
    with pytest.raises(NotAllowed):
        require_to_see(looking_back(cast.viewer(cast.outsider)), Role.MONITOR, unit=cast.city.pk)
