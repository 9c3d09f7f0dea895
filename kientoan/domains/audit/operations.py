"""Writing the journal, and checking that nobody touched it."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.db import connection, models, transaction

from kientoan.domains.accounts.models import User

from .models import Entry

CHAIN_LOCK = 7_203_114  # one writer at a time appends to the chain
START = "0" * 64


@transaction.atomic
def record(
    *,
    actor: User | None,
    verb: str,
    at: datetime,
    subject: models.Model | None = None,
    detail: dict[str, Any] | None = None,
) -> Entry:
    """Append one entry within the caller's transaction. `detail` must be plain JSON values."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
    last = Entry.objects.order_by("-id").values_list("hash", flat=True).first() or START
    entry = Entry(
        at=at,
        actor=actor,
        verb=verb,
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        detail=detail or {},
        previous_hash=last,
    )
    entry.hash = seal(entry)
    entry.save(force_insert=True)
    return entry


def seal(entry: Entry) -> str:
    """SHA-256 over the entry's content and the hash of the one before."""
    content = json.dumps(
        [
            entry.previous_hash,
            entry.at.timestamp(),
            entry.actor_id,
            entry.verb,
            entry.subject_type,
            entry.subject_id,
            entry.detail,
        ],
        sort_keys=True,
        ensure_ascii=False,
    )
    return hashlib.sha256(content.encode()).hexdigest()


def first_broken() -> Entry | None:
    """The first entry whose seal does not fit, or None when the whole journal is intact."""
    previous = START
    for entry in Entry.objects.order_by("id").iterator(chunk_size=2000):
        if entry.previous_hash != previous or entry.hash != seal(entry):
            return entry
        previous = entry.hash
    return None
