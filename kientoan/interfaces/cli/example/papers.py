"""The documents of the example: known acts by hand, our own four read from their Word files."""

import tomllib
from datetime import date, timedelta

from kientoan.domains.documents.models import DocumentType, Issuer
from kientoan.domains.documents.operations import HeadFields, get_or_create_issuer
from kientoan.domains.organisation import registering
from kientoan.domains.organisation.access import Viewer, viewer_of
from kientoan.domains.organisation.models import Unit

from .source import Load, day_of, moment

OFFICER = "theodoi"
FILES = ("nq-15-tu", "kh-168-ubnd", "ct-02-ubnd", "cv-1148-ubnd-th")  # in the order in which they came


def officer_of(load: Load) -> Viewer:
    """The monitoring officer, who keeps the registers and hands duties down."""
    return viewer_of(load.users[OFFICER], load.day)


def load_documents(load: Load) -> None:
    """Enter the known acts and read the four documents into the registers."""
    viewer = officer_of(load)
    issuers = {row["key"]: (_issuer(row), row["unit_key"]) for row in load.rows("issuers.csv")}
    for row in load.rows("registered.csv"):
        issuer, own = issuers[row["issuer_key"]]
        _register(load, viewer, row, issuer, load.units[own or "92"])
    for name in FILES:
        _take(load, viewer, name)


def _issuer(row: dict[str, str]) -> Issuer:
    return get_or_create_issuer(name=row["name"], symbol=row["abbreviation"], side=row["side"])


def _register(load: Load, viewer: Viewer, row: dict[str, str], issuer: Issuer, unit: Unit) -> None:
    issued = date.fromisoformat(row["issued_date"])
    load.documents[row["number"]] = registering.register_by_hand(
        viewer=viewer,
        unit=unit,
        head=HeadFields(
            type=DocumentType.objects.get(name=row["type"]),
            number=row["number"],
            issuer=issuer,
            issued_date=day_of(row["issued_date"]),
            subject=row["subject"],
        ),
        arrival_date=issued,
        at=moment(issued),
    )


def _take(load: Load, viewer: Viewer, name: str) -> None:
    """Read a Word file into the register of the body that issued it, and enter it."""
    path = load.folder / "documents" / f"{name}.docx"
    unit = load.units["thanh-uy" if name.endswith("-tu") else "92"]
    came = tomllib.loads(path.with_suffix(".toml").read_text(encoding="utf-8"))["date"] + timedelta(days=1)
    taken = registering.take_file(
        viewer=viewer, unit=unit, data=path.read_bytes(), name=path.name, at=moment(came, 8)
    )
    entered = registering.enter(viewer=viewer, document=taken.document, at=moment(came, 8))
    load.documents[entered.number] = entered
