"""Units, posts, people and accounts of the example city."""

from django.contrib.auth.hashers import make_password

from kientoan.domains.accounts.models import User
from kientoan.domains.organisation import operations
from kientoan.domains.organisation.models import Hierarchy, Installation, Membership, Person, Post, Unit
from kientoan.domains.temporal.models import since

from ..load_boundaries import read_outlines
from .source import OPENED, Load, day_of

PASSWORD = "can-tho-2018"


def load_organisation(load: Load) -> None:
    """Establish every unit with its places in the hierarchies, then posts, people, holders and roles."""
    for row in load.rows("units.csv"):
        load.units[row["key"]] = _establish(load, row)
    operations.refresh_closure()
    _load_posts(load)
    _load_people(load)
    _load_accounts(load)


def settle(load: Load, name: str) -> None:
    """Say that this installation is the example city, and on which day it is looked at."""
    Installation.objects.create(name=name, root=load.units["92"], example_day=load.day, set_up_at=load.at)


def load_map(load: Load) -> None:
    """The outlines of the communes that are still as they were drawn."""
    outlines = read_outlines(load.folder / "boundaries.geojson")
    source = "Bản đồ xã năm 2009, ghép theo danh mục đơn vị trước 01/07/2025"
    operations.load_boundaries(outlines=outlines, day=load.day, source=source, at=load.at)


def _establish(load: Load, row: dict[str, str]) -> Unit:
    parents: dict[str, Unit | None] = {
        hierarchy: load.units[row[f"{hierarchy}_parent"]]
        for hierarchy in Hierarchy.values
        if row[f"{hierarchy}_parent"]
    }
    if row["root_of"]:
        parents[row["root_of"]] = None
    return operations.establish_unit(
        name=row["name"],
        short_name="" if row["short_name"] == row["name"] else row["short_name"],
        abbreviations=[words for words in row["abbreviations"].split(";") if words],
        kind=row["kind"],
        level=row["level"],
        start=day_of(row["valid_from"]) or OPENED,
        codes={row["scheme"]: row["code"]} if row["code"] else {},
        parents=parents,
    )


def _load_posts(load: Load) -> None:
    rows = list(load.rows("posts.csv"))
    posts = Post.objects.bulk_create(
        Post(unit=load.units[row["unit_key"]], title=row["title"], rank=row["rank"], in_force=since(OPENED))
        for row in rows
    )
    load.posts = {row["key"]: post for row, post in zip(rows, posts, strict=True)}


def _load_people(load: Load) -> None:
    rows = list(load.rows("people.csv"))
    people = Person.objects.bulk_create(Person(full_name=row["name"]) for row in rows)
    load.people = {row["key"]: person for row, person in zip(rows, people, strict=True)}
    Membership.objects.bulk_create(
        Membership(
            person=load.people[row["person_key"]],
            post=load.posts[row["post_key"]],
            in_force=since(day_of(row["start_date"]) or OPENED, day_of(row["end_date"])),
        )
        for row in load.rows("memberships.csv")
    )


def _load_accounts(load: Load) -> None:
    rows = list(load.rows("accounts.csv"))
    password = make_password(PASSWORD)  # hashed once: the same for all, it is public anyway
    holder = {row["username"]: load.people[row["person_key"]] for row in rows}
    users = User.objects.bulk_create(
        User(username=username, full_name=person.full_name, password=password, date_joined=load.at)
        for username, person in holder.items()
    )
    load.users = {user.username: user for user in users}
    for username, person in holder.items():
        person.user = load.users[username]
    Person.objects.bulk_update(holder.values(), ["user"])
    for row in rows:
        load.accounts[row["role"], row["unit_key"]] = load.users[row["username"]]
        operations.grant_role(
            user=load.users[row["username"]],
            role=row["role"],
            unit=load.units[row["unit_key"]],
            start=OPENED,
            end=None,
            by=None,
            at=load.at,
        )
