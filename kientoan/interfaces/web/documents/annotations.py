"""What people confirmed in one document, as files for measuring the reader elsewhere."""

import io
import zipfile

from django.http import FileResponse
from django.views.decorators.http import require_GET

from kientoan.domains.documents.annotations import annotation_of
from kientoan.domains.organisation import registering
from kientoan.engines.evaluation import dump_annotation

from ..http import Request
from .access import document_for


@require_GET
def document_annotations(request: Request, pk: int) -> FileResponse:
    """The text and its annotations, zipped, for those who keep the register."""
    document = document_for(request, pk)
    registering.require(request.viewer, document, *registering.CLERKS)
    annotation = annotation_of(document)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as files:
        files.writestr(f"{annotation.id}.txt", annotation.text)
        files.writestr(f"{annotation.id}.jsonl", dump_annotation(annotation))
    packed.seek(0)
    return FileResponse(packed, as_attachment=True, filename=f"chu-giai-{pk}.zip")
