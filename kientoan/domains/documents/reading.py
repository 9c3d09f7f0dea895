"""From a text to records: the reader's findings become provisions, passages and citations."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from kientoan.engines import reader

from .citing import context_of, resolve_citations
from .models import (
    Citation,
    Document,
    DocumentType,
    Issuer,
    Passage,
    PassageKind,
    Provision,
    Relation,
    Side,
    Urgency,
)
from .operations import HeadFields, find_issuer
from .rules import normal_number, same_words

OWN_KEYS = {"start", "end", "rule", "confidence"}  # kept in columns, not in `data`
URGENCIES = {"KHẨN": Urgency.URGENT, "THƯỢNG KHẨN": Urgency.VERY_URGENT, "HỎA TỐC": Urgency.EXPRESS}
_HALF_NAMES = re.compile(
    r"(?:ban chấp hành|ban thường vụ|thường trực|văn phòng|ủy ban kiểm tra|ban tổ chức|ban tuyên giáo|"
    r"ban dân vận|ban nội chính|chi bộ|đảng ủy)\Z"
)


@dataclass(frozen=True, slots=True)
class ReadHead:
    """The head as read: fields for the register, and the issuer's name while it is no record."""

    fields: HeadFields
    issuer_name: str
    side: str


def read_head_fields(reading: reader.Reading) -> ReadHead:
    """What the reader found at the top and the foot; what was not found stays empty."""
    head = reading.head
    name = _issuer_name(reading)
    return ReadHead(
        fields=HeadFields(
            type=DocumentType.objects.filter(name=head.type).first() if head.type else None,
            number=normal_number(head.number.text) if head.number else "",
            issuer=find_issuer(name) if name else None,
            issued_date=head.date,
            signer=_one_line(head.signer)[:200],
            signer_title=_one_line(head.signer_title)[:300],
            subject=_one_line(head.subject),
            urgency=URGENCIES.get(_one_line(head.urgency).replace("HOẢ", "HỎA"), Urgency.NORMAL),
        ),
        issuer_name=name,
        side=Side.PARTY if head.side == "party" else Side.STATE,
    )


def _one_line(words: reader.Words | None) -> str:
    return re.sub(r"[\s*_]+", " ", words.text).strip() if words else ""


def _issuer_name(reading: reader.Reading) -> str:
    """The issuer's whole name. 'BAN CHẤP HÀNH' alone is half a name: the body above it says whose."""
    issuer, parent = _one_line(reading.head.issuer), _one_line(reading.head.parent)
    if not issuer:
        return ""
    if _HALF_NAMES.match(same_words(issuer)) and parent:
        issuer = f"{issuer} {parent}"
    elif _HALF_NAMES.match(same_words(issuer)):
        return ""
    return _spelling_in(reading.text, issuer)


def _spelling_in(text: str, capitals: str) -> str:
    """The name as the text itself spells it in small letters, else as it stands at the top."""
    if not capitals.isupper():
        return capitals
    words = r"\s+".join(re.escape(word) for word in capitals.split())
    for found in re.finditer(words, text, re.IGNORECASE):
        if not found[0].isupper():
            return " ".join(found[0].split())
    return capitals


@transaction.atomic
def write_reading(*, document: Document, text: str, reading: reader.Reading, at: datetime) -> None:
    """Keep the text and all that was found in it. The document must have no passages yet."""
    document.text = text
    document.read_at = at
    document.save(update_fields=["text", "read_at", "source_map", "warnings"])
    provisions = _write_provisions(document, reading.provisions)
    passages = [*_passages(document, reading)]
    inside = _innermost(provisions, [passage.start for passage in passages])
    for passage, provision in zip(passages, inside, strict=True):
        passage.provision = provision
    Passage.objects.bulk_create(passages, batch_size=1000)
    _write_citations(document, [item for item in passages if item.kind == PassageKind.CITATION])


def _write_provisions(document: Document, found: Sequence[reader.Provision]) -> list[Provision]:
    """All provisions in one insert: their numbers are drawn first, so that parents can be named."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('documents_provision', 'id')) FROM generate_series(1, %s)",
            [len(found)],
        )
        keys = {item.eid: row[0] for item, row in zip(found, cursor.fetchall(), strict=True)}
    provisions = [
        Provision(
            pk=keys[item.eid],
            document=document,
            parent_id=keys.get(item.parent or ""),
            eid=item.eid[:200],
            kind=item.kind[:20],
            number=item.number[:30],
            heading=item.heading,
            start=item.start,
            end=item.end,
        )
        for item in found
        if item.end > item.start
    ]
    return Provision.objects.bulk_create(provisions, batch_size=1000)


def _passages(document: Document, reading: reader.Reading) -> Iterator[Passage]:
    plain = reading.to_json()
    kinds: tuple[tuple[str, str], ...] = (
        ("tasks", PassageKind.TASK),
        ("targets", PassageKind.TARGET),
        ("deadlines", PassageKind.DEADLINE),
        ("citations", PassageKind.CITATION),
    )
    for key, kind in kinds:
        for item in plain[key]:
            data = _data_of(kind, item, plain["deadlines"])
            yield Passage(
                document=document,
                kind=kind,
                start=item["start"],
                end=item["end"],
                quote=document.text[item["start"] : item["end"]],
                reading=data,
                data=data,
                rule=item["rule"][:60],
                confidence=item["confidence"],
            )


def _data_of(kind: str, item: dict[str, Any], deadlines: list[dict[str, Any]]) -> dict[str, Any]:
    """The reader's JSON without what columns hold; a task carries its deadline with it."""
    data = {key: value for key, value in item.items() if key not in OWN_KEYS}
    if kind == PassageKind.TASK:
        place = data.get("deadline")
        data["deadline"] = deadlines[place] if isinstance(place, int) else None
    return data


def _innermost(provisions: Sequence[Provision], places: Sequence[int]) -> list[Provision | None]:
    """For each place in the text the smallest provision around it, in one pass."""
    order = sorted(range(len(places)), key=lambda index: places[index])
    starts = iter(sorted(provisions, key=lambda item: (item.start, -item.end)))
    following = next(starts, None)
    stack: list[Provision] = []
    found: list[Provision | None] = [None] * len(places)
    for index in order:
        place = places[index]
        while following is not None and following.start <= place:
            while stack and stack[-1].end <= following.start:
                stack.pop()
            stack.append(following)
            following = next(starts, None)
        while stack and stack[-1].end <= place:
            stack.pop()
        found[index] = stack[-1] if stack else None
    return found


def _write_citations(document: Document, passages: Iterable[Passage]) -> None:
    rows = [
        Citation(
            document=document,
            passage=passage,
            relation=_relation(passage.data.get("relation")),
            type_name=(passage.data.get("type") or "")[:100],
            number=normal_number(passage.data.get("number") or "")[:60],
            issued_date=date.fromisoformat(passage.data["date"]) if passage.data.get("date") else None,
        )
        for passage in passages
        if not _names_itself(document, passage.data)
    ]
    resolve_citations(rows, {document.pk: context_of(document)})
    Citation.objects.bulk_create(rows, batch_size=1000)


def _names_itself(document: Document, found: Mapping[str, Any]) -> bool:
    """An annex names the act to which it belongs ("Kèm theo Kế hoạch số …"): that is no other document."""
    number = normal_number(found.get("number") or "").upper()
    day = found.get("date")
    own_day = document.issued_date.isoformat() if document.issued_date else None
    return bool(number) and number == document.number.upper() and day in (None, own_day)


def _relation(name: str | None) -> str:
    return name if name in Relation.values else Relation.REFERS


def remember_issuer(head: ReadHead) -> HeadFields:
    """The head with its issuer as a record; a new issuer is made when none has the name."""
    if head.fields.issuer is not None or not head.issuer_name:
        return head.fields
    symbol = head.fields.number.rpartition("/")[2].partition("-")[0] if head.fields.number else ""
    if head.fields.number and head.side == Side.STATE:
        symbol = head.fields.number.rpartition("-")[2]
    issuer = Issuer.objects.create(name=head.issuer_name[:255], symbol=symbol[:30], side=head.side)
    return replace(head.fields, issuer=issuer)
