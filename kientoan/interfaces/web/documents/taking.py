"""Taking in many files: each gets its own answer, good ones are kept, bad ones are explained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from kientoan.domains.documents.intake import Outcome
from kientoan.domains.documents.models import Document
from kientoan.domains.documents.queries import PassageCount, count_passages
from kientoan.domains.organisation import registering
from kientoan.domains.organisation.access import Viewer
from kientoan.domains.organisation.models import Unit
from kientoan.engines.reader.intake import MAX_BYTES, UnreadableFile, megabytes

from ..said import said


@dataclass(frozen=True)
class Row:
    """What became of one file."""

    name: str
    outcome: str  # of `Outcome`, or 'unreadable', 'elsewhere'
    message: str
    remedy: str = ""
    document: Document | None = None
    counts: dict[str, PassageCount] | None = None

    @property
    def is_new(self) -> bool:
        """Whether a new draft was made."""
        return self.outcome in (Outcome.READ, Outcome.SCAN)

    @property
    def tone(self) -> str:
        """The look of the row."""
        if self.document is None:
            return "error"
        return "success" if self.outcome == Outcome.READ else "warning"


def take(
    viewer: Viewer, unit: Unit, files: Sequence[UploadedFile[Any]], text: str, at: datetime
) -> list[Row]:
    """Read every file, and the pasted text, into the register of the unit."""
    rows = [_take_file(viewer, unit, file, at) for file in files]
    if text.strip():
        rows.append(_take_text(viewer, unit, text, at))
    counts = count_passages([row.document for row in rows if row.document is not None])
    return [
        Row(**{**vars(row), "counts": counts[row.document.pk]}) if row.document is not None else row
        for row in rows
    ]


def _take_file(viewer: Viewer, unit: Unit, file: UploadedFile[Any], at: datetime) -> Row:
    name = file.name or _("tệp không tên")
    try:
        if (file.size or 0) > MAX_BYTES:
            raise _too_big(file.size or 0)
        taken = registering.take_file(viewer=viewer, unit=unit, data=file.read(), name=name, at=at)
    except UnreadableFile as error:
        return Row(name, "unreadable", said(error.message_vi), said(error.remedy_vi))
    except registering.Elsewhere:
        return _elsewhere(name)
    return Row(name, taken.outcome, _message(taken), document=taken.document)


def _take_text(viewer: Viewer, unit: Unit, text: str, at: datetime) -> Row:
    name = _("Nội dung dán vào")
    try:
        taken = registering.take_text(viewer=viewer, unit=unit, text=text, at=at)
    except UnreadableFile as error:
        return Row(name, "unreadable", said(error.message_vi), said(error.remedy_vi))
    except registering.Elsewhere:
        return _elsewhere(name)
    return Row(name, taken.outcome, _message(taken), document=taken.document)


def _message(taken: registering.Taken) -> str:
    words = {
        Outcome.READ: _("Đã đọc thành dự thảo. Kiểm tra phần đầu rồi vào sổ."),
        Outcome.SCAN: _("Là bản quét: đang chờ nhận dạng chữ, có thể rời trang này."),
        Outcome.SAME_FILE: _("Tệp này đã có trong sổ, không nhập lại."),
        Outcome.SAME_KEY: _("Văn bản cùng loại, số, cơ quan và ngày đã có trong sổ, không nhập lại."),
    }
    return words[taken.outcome]


def _elsewhere(name: str) -> Row:
    return Row(
        name,
        "elsewhere",
        _("Đơn vị khác đang nhập văn bản này và chưa vào sổ."),
        _("Chờ đơn vị đó vào sổ rồi gửi lại tệp."),
    )


def _too_big(size: int) -> UnreadableFile:
    return UnreadableFile(
        "too_big",
        _("Tệp nặng %(size)s MB, quá giới hạn %(limit)d MB.")
        % {"size": megabytes(size), "limit": MAX_BYTES // 1024 // 1024},
        _("Giảm độ phân giải bản quét hoặc tách tệp thành nhiều phần rồi gửi lại."),
    )
