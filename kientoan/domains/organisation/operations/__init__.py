"""Changing the organisation: units, places in the trees, posts, holders, roles, accounts.

Two kinds: the plain ones (`establish_unit`, `create_post`, `appoint` …) are for loaders that build an
installation; those with a `viewer` check the right, tell a clash in words and write the journal.
"""

from .accounts import (
    AccountDetails,
    OwnAccount,
    UsernameTaken,
    create_account,
    deactivate,
    end_sessions,
    new_password,
    reactivate,
    remove_second_factor,
    reset_password,
    update_account,
)
from .installation import AlreadySetUp, RootUnit, add_administrator, set_up
from .posts import (
    AlreadyInPost,
    PostTaken,
    add_person,
    add_post,
    appoint,
    appoint_person,
    change_membership,
    correct_post,
    create_post,
    rename_person,
)
from .ranges import BadRange, OutsideLife
from .registers import register_documents
from .roles import LastAdministrator, RoleHeldAlready, end_role, give_role, grant_role
from .units import (
    AlreadyPlaced,
    CodeTaken,
    UnitDetails,
    VersionExists,
    add_place,
    add_unit,
    add_version,
    correct_version,
    establish_unit,
    place_unit,
    refresh_closure,
)

__all__ = [
    "AccountDetails",
    "AlreadyInPost",
    "AlreadyPlaced",
    "AlreadySetUp",
    "BadRange",
    "CodeTaken",
    "LastAdministrator",
    "OutsideLife",
    "OwnAccount",
    "PostTaken",
    "RoleHeldAlready",
    "RootUnit",
    "UnitDetails",
    "UsernameTaken",
    "VersionExists",
    "add_administrator",
    "add_person",
    "add_place",
    "add_post",
    "add_unit",
    "add_version",
    "appoint",
    "appoint_person",
    "change_membership",
    "correct_post",
    "correct_version",
    "create_account",
    "create_post",
    "deactivate",
    "end_role",
    "end_sessions",
    "establish_unit",
    "give_role",
    "grant_role",
    "new_password",
    "place_unit",
    "reactivate",
    "refresh_closure",
    "register_documents",
    "remove_second_factor",
    "rename_person",
    "reset_password",
    "set_up",
    "update_account",
]
