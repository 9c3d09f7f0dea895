"""Organs of territories that end: ticked ones end with them."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from kientoan.domains.organisation import operations
from kientoan.domains.organisation.access import may_organise
from kientoan.domains.reorganisation.organs import organs_left
from kientoan.domains.reorganisation.queries import inheritance_of

from ..http import Request, moment
from ..notices import tell, warn
from ..organisation.rights import acting_viewer
from .loading import draft_for, telling_the_state


@require_POST
@telling_the_state
def decision_organs(request: Request, pk: int) -> HttpResponse:
    """Write an event for each ticked organ; what was written meanwhile is not written twice."""
    decision, viewer = draft_for(request, pk), acting_viewer(request)
    then = viewer.on(decision.effective_date)
    ticked = set(request.POST.getlist("organ"))
    chosen = [
        one
        for one in organs_left(inheritance_of(decision))
        if str(one.unit.id) in ticked and may_organise(then, one.unit.id)
    ]
    if not chosen:
        warn(request, gettext("Chưa chọn cơ quan nào. Hãy đánh dấu cơ quan kết thúc cùng."))
        return redirect(f"{reverse('decision_preview', args=[pk])}#h-organs")
    operations.add_events(
        decision=decision, row_version=decision.row_version, changes=[one.change() for one in chosen],
        viewer=viewer, at=moment(request),
    )  # fmt: skip
    words = ngettext(
        "Đã thêm việc kết thúc %(count)d cơ quan. Muốn bỏ thì bỏ việc ấy ở danh sách các việc.",
        "Đã thêm việc kết thúc %(count)d cơ quan. Muốn bỏ thì bỏ việc ấy ở danh sách các việc.",
        len(chosen),
    )
    tell(request, words % {"count": len(chosen)})
    return redirect(f"{reverse('decision_preview', args=[pk])}#h-effects")
