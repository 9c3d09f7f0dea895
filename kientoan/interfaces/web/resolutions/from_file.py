"""A decision from a file: a resolution is read as a document; Excel and JSON are tried out, then drafted."""

from datetime import date
from typing import Any

from django.core import signing
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kientoan.domains.documents.models import StoredFile
from kientoan.domains.documents.operations import store_file
from kientoan.domains.organisation.access import NotAllowed, may_draft
from kientoan.domains.organisation.models import Role
from kientoan.domains.organisation.operations import start_draft
from kientoan.domains.reorganisation.decision_files import Checked, check_file
from kientoan.domains.reorganisation.decision_sheet import COLUMNS
from kientoan.domains.reorganisation.decision_template import template, told
from kientoan.domains.reorganisation.file_kinds import FileKind, kind_of_file
from kientoan.domains.reorganisation.written import Problem
from kientoan.engines.reader.intake import UnreadableFile, refuse_size

from ..http import Request, moment
from ..notices import tell, warn
from ..organisation.rights import acting_viewer
from ..said import said
from .as_document import taken_as_document
from .forms import FileForm
from .from_document import to_draft

SALT = "decision-file"
ONE_HOUR = 3600
SHOWN = 300
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "POST"])
def decision_from_file(request: Request) -> HttpResponse:
    """Step 1 takes the file, step 2 shows what it would do, step 3 makes the draft."""
    if not may_draft(acting_viewer(request)):
        raise NotAllowed(Role.PERSONNEL, Role.ADMIN)
    if request.method == "POST" and "token" in request.POST:
        return _carry_out(request)
    posted = request.method == "POST"
    form = FileForm(request.POST, request.FILES) if posted else FileForm()
    if posted and form.is_valid() and (answer := _read(request, form)):
        return answer
    told_ = told()
    context = {"form": form, "columns": [(one.headers[0], told_[one.key]) for one in COLUMNS]}
    return render(request, "resolutions/from_file.html", context, status=422 if form.is_bound else 200)


def _read(request: Request, form: FileForm) -> HttpResponse | None:
    """A table or JSON is tried out, the words of a resolution are read as those of any document.

    None: the file says nothing that could be drafted, and the form says why.
    """
    upload = form.cleaned_data["file"]
    try:
        refuse_size(upload.size)
        data = upload.read()
        if kind_of_file(data, name=upload.name) == FileKind.TEXT:
            return taken_as_document(request, form, data, upload.name)
    except UnreadableFile as error:
        form.add_error("file", f"{said(error.message_vi)} {said(error.remedy_vi)}")
        return None
    day, basis = form.cleaned_data["day"], form.cleaned_data["legal_basis"]
    checked = check_file(data, name=upload.name, at=moment(request), day=day, legal_basis=basis)
    media_type = upload.content_type or ""
    stored = store_file(data=data, name=upload.name, media_type=media_type, at=moment(request))
    return _preview(request, checked, stored, day, basis)


def _preview(
    request: Request, checked: Checked, stored: StoredFile, day: date | None, basis: str
) -> HttpResponse:
    kept = [request.user.pk, stored.pk, day.isoformat() if day else "", basis]
    context: dict[str, Any] = {
        "checked": checked,
        "problems": [(one.row, _told(one)) for one in checked.problems[:SHOWN]],
        "changes": len(checked.decision.changes) if checked.decision else 0,
        "name": stored.name,
        "token": signing.dumps(kept, salt=SALT),
    }
    status = 200 if checked.ready else 422
    return render(request, "resolutions/file_preview.html", context, status=status)


def _told(problem: Problem) -> str:
    """Place, fault and remedy, in the language of the page."""
    words = f"{said(problem.words)} {said(problem.remedy)}".strip()
    return f"{problem.place}: {words}" if problem.place else capfirst(words)


def _carry_out(request: Request) -> HttpResponse:
    """Read the kept file again and draft what it says: the preview may be minutes old."""
    try:
        user, file_id, day, basis = signing.loads(request.POST["token"], salt=SALT, max_age=ONE_HOUR)
    except signing.BadSignature:
        user = file_id = day = basis = None
    if user != request.user.pk:
        warn(request, _("Bản xem trước đã quá một giờ; hãy gửi lại tệp."))
        return redirect("decision_from_file")
    stored = StoredFile.objects.get(pk=file_id)
    on = date.fromisoformat(day) if day else None
    with stored.file.open("rb") as file:
        checked = check_file(file.read(), name=stored.name, at=moment(request), day=on, legal_basis=basis)
    if not checked.ready or checked.decision is None:
        return _preview(request, checked, stored, on, basis)
    decision = start_draft(
        legal_basis=checked.decision.legal_basis, effective_date=checked.decision.effective_date,
        note=checked.decision.note, changes=checked.decision.changes, viewer=acting_viewer(request),
        at=moment(request),
    )  # fmt: skip
    words = _("Đã lập dự thảo với %(count)s thay đổi. Hãy xem trước rồi thực hiện.")
    tell(request, words % {"count": len(checked.decision.changes)})
    return to_draft(decision)


@require_safe
def decision_template(request: Request) -> HttpResponseBase:
    """The table to fill in."""
    if not may_draft(acting_viewer(request)):
        raise NotAllowed(Role.PERSONNEL, Role.ADMIN)
    return FileResponse(
        template(), as_attachment=True, filename="quyet-dinh-sap-xep.xlsx", content_type=WORKBOOK
    )
