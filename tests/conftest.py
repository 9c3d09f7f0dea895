"""The cast of every test: one small city, and people with one role each. Never changes from test to test."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import HealthCheck, settings

from kientoan.domains.accounts.models import User
from kientoan.domains.organisation import operations
from kientoan.domains.organisation.access import Viewer, viewer_of
from kientoan.domains.organisation.models import (
    Hierarchy,
    Installation,
    Level,
    Person,
    Post,
    Role,
    Unit,
    UnitKind,
)

START = date(2017, 1, 1)
DAY = date(2018, 6, 30)
NOW = datetime(2018, 6, 30, 9, 0, tzinfo=UTC)
PASSWORD = "mot-mat-khau-rat-dai"
SHARED = Path(__file__).resolve().parents[2] / "shared"

# No test is timed: on a busy machine an example may well take longer than hypothesis expects.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared không có ở đây")


@dataclass(frozen=True)
class Cast:
    """A city with two districts and a department, and an account for each role."""

    city: Unit
    committee: Unit  # UBND thành phố
    department: Unit  # Sở Y tế
    district: Unit  # Quận Ninh Kiều
    other_district: Unit  # Quận Cái Răng
    ward: Unit  # Phường Cái Khế, in the district
    district_head_post: Post
    department_head_post: Post
    officer: User  # monitor of the city
    clerk: User  # clerk of the city
    leader: User  # leader of the city
    admin: User
    reporter: User  # reporter of the district
    head: User  # head of the district
    outsider: User  # reporter of the other district
    nobody: User  # an account without any role

    def viewer(self, user: User, day: date = DAY) -> Viewer:
        """The viewer of a user on a day."""
        return viewer_of(user, day)


def make_cast() -> Cast:
    """Build the cast in the current database."""
    gov = Hierarchy.GOVERNMENT

    def unit(name: str, kind: str, level: str, parent: Unit | None, code: str = "", **more: object) -> Unit:
        return operations.establish_unit(
            name=name, kind=kind, level=level, start=START, parents={gov: parent},
            codes={"gso": code} if code else {}, **more,  # type: ignore[arg-type]
        )  # fmt: skip

    city = unit("Thành phố Cần Thơ", UnitKind.CITY, Level.PROVINCE, None, "92")
    committee = unit(
        "Ủy ban nhân dân thành phố Cần Thơ", UnitKind.PEOPLES_COMMITTEE, Level.PROVINCE, city,
        short_name="UBND thành phố", abbreviations=["UBND TP"],
    )  # fmt: skip
    department = unit("Sở Y tế", UnitKind.DEPARTMENT, Level.PROVINCE, committee, short_name="SYT")
    district = unit("Quận Ninh Kiều", UnitKind.URBAN_DISTRICT, Level.DISTRICT, city, "916")
    other = unit("Quận Cái Răng", UnitKind.URBAN_DISTRICT, Level.DISTRICT, city, "919")
    ward = unit("Phường Cái Khế", UnitKind.WARD, Level.COMMUNE, district, "31117")
    operations.refresh_closure()

    def account(username: str, name: str, role: str | None, at: Unit) -> User:
        user = User.objects.create_user(username, PASSWORD, full_name=name)
        Person.objects.create(full_name=name, user=user)
        if role:
            operations.grant_role(user=user, role=role, unit=at, start=START, end=None, by=None, at=NOW)
        return user

    people = {
        "officer": account("officer", "Nguyễn Thị Theo Dõi", Role.MONITOR, city),
        "clerk": account("clerk", "Trần Văn Thư", Role.CLERK, city),
        "leader": account("leader", "Lê Lãnh Đạo", Role.LEADER, city),
        "admin": account("admin", "Phạm Quản Trị", Role.ADMIN, city),
        "reporter": account("reporter", "Võ Báo Cáo", Role.REPORTER, district),
        "head": account("head", "Đặng Thủ Trưởng", Role.HEAD, district),
        "outsider": account("outsider", "Bùi Quận Khác", Role.REPORTER, other),
        "nobody": account("nobody", "Hồ Không Vai", None, city),
    }
    post = operations.create_post(unit=district, title="Chủ tịch UBND quận", rank="head", start=START)
    operations.appoint(person=people["head"].person, post=post, start=START)
    director = operations.create_post(unit=department, title="Giám đốc Sở Y tế", rank="head", start=START)
    Installation.objects.create(name="UBND thành phố Cần Thơ", root=city, example_day=DAY, set_up_at=NOW)
    return Cast(
        city=city, committee=committee, department=department, district=district, other_district=other,
        ward=ward, district_head_post=post, department_head_post=director, **people,
    )  # fmt: skip


@pytest.fixture
def cast(db: None) -> Cast:
    """The cast, in a test's own transaction."""
    return make_cast()


@pytest.fixture
def signed_in(cast: Cast) -> Callable[[User], Client]:
    """`signed_in(cast.officer)`: a client of that user."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of facts, corpora and gold sets; the test is skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("../shared không có ở đây")
    return SHARED
