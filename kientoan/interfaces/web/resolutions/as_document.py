"""The file of a resolution, dropped where a decision is drafted: it becomes a document, then the draft."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from kientoan.domains.documents.intake import SCAN_CODES, Outcome
from kientoan.domains.organisation import registering
from kientoan.domains.organisation.access import NotAllowed, Viewer
from kientoan.domains.organisation.models import Unit
from kientoan.domains.reorganisation.proposing import names_changes
from kientoan.engines.reader.intake import UnreadableFile, extract_text

from ..http import Request, moment
from ..notices import tell
from ..organisation.rights import acting_viewer
from .forms import FileForm


def taken_as_document(request: Request, form: FileForm, data: bytes, name: str) -> HttpResponse | None:
    """Keep the file as the draft of a document, and go on to the page that reads it into a decision.

    None when it says nothing about units: the form says so, and nothing is kept. Raises `UnreadableFile`.
    """
    if not _says_something(data, name):
        words = _(
            "Không đọc thấy khoản nào thành lập, nhập, chia hay đổi tên đơn vị trong tệp. "
            "Văn bản khác thì nhập ở mục Văn bản; danh sách đơn vị thì ghi theo tệp mẫu."
        )
        form.add_error("file", words)
        return None
    viewer = acting_viewer(request)
    unit = _register_of(viewer, Unit.objects.get(pk=request.installation.root_id_on(request.today)))
    try:
        taken = registering.take_basis(viewer=viewer, unit=unit, data=data, name=name, at=moment(request))
    except registering.Elsewhere:
        form.add_error(
            "file", _("Đơn vị khác đang nhập văn bản này và chưa vào sổ. Hãy chờ đơn vị đó vào sổ.")
        )
        return None
    if taken.outcome == Outcome.SCAN:
        tell(request, _("Là bản quét: đang nhận dạng chữ. Xong thì lập dự thảo từ trang văn bản này."))
        return redirect("document_detail", taken.document.pk)
    if taken.outcome == Outcome.READ:
        tell(request, _("Đã giữ tệp làm dự thảo văn bản; văn thư kiểm tra phần đầu rồi vào sổ."))
    address = reverse("decision_from_document", args=[taken.document.pk])
    day = form.cleaned_data["day"]
    return redirect(f"{address}?day={day:%d/%m/%Y}" if day else address)


def _says_something(data: bytes, name: str) -> bool:
    """Whether it names changes of units; a scan may, once its letters are recognised."""
    try:
        return names_changes(extract_text(data, name=name, ocr=False).text)
    except UnreadableFile as error:
        if error.code in SCAN_CODES:
            return True
        raise


def _register_of(viewer: Viewer, root: Unit) -> Unit:
    """The unit for which the viewer drafts: the installation's own, else the first. Raises `NotAllowed`."""
    wanted = [unit for role, unit in viewer.grants if role in registering.DRAFTERS]
    if viewer.administers_all or root.pk in wanted:
        return root
    if not wanted:
        raise NotAllowed(*registering.DRAFTERS)
    return Unit.objects.get(pk=wanted[0])
