"""One post: who held it when, its days, and what came after."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from kientoan.domains.organisation import operations
from kientoan.domains.organisation.access import may_organise, require_organiser
from kientoan.domains.organisation.models import Post
from kientoan.domains.organisation.queries import post_page

from ..http import Request
from ..notices import tell
from ..wording import span_text
from .days import days_of, seen_days, telling_stale_days
from .edits import show_form
from .forms import DaysForm
from .refusals import explained
from .rights import acting_viewer, needs_a_role
from .undoing import way_back, with_undo


@needs_a_role
def post_detail(request: Request, pk: int) -> HttpResponse:
    """Everybody who was ever in the post, latest first."""
    try:
        page = post_page(pk, request.day)
    except Post.DoesNotExist as error:
        raise Http404 from error
    context = {
        "page": page,
        "post": page.post,
        "may_edit": may_organise(acting_viewer(request), page.unit.id),
    }
    return render(request, "organisation/post.html", context)


def post_days(request: Request, pk: int) -> HttpResponse:
    """The days of a post: its end, or a correction."""
    post = get_object_or_404(Post, pk=pk)
    viewer = acting_viewer(request)
    require_organiser(viewer, post.unit_id)
    form = DaysForm(request.POST or None, initial=days_of(post.in_force))
    form.fields["last_day"].help_text = gettext("Để trống khi chức danh còn tiếp tục.")
    if request.method == "POST" and form.is_valid():
        start, end, seen, at = form.cleaned_data["start"], form.end(), seen_days(form), timezone.now()
        with explained(form), telling_stale_days(form):
            changed, undo = with_undo(
                lambda: operations.change_post_days(
                    post=post, start=start, end=end, seen=seen, viewer=viewer, at=at
                )
            )
            tell(request, gettext("Đã ghi: %(span)s.") % {"span": span_text(changed.in_force)}, undo=undo)
            return redirect("post_detail", pk)
    lead = gettext("Ghi ngày cuối để kết thúc chức danh; người đang giữ cũng thôi từ sau ngày ấy.")
    return show_form(
        request, form, title=gettext("Thời gian của chức danh %(title)s") % {"title": post.title}, lead=lead,
        submit=gettext("Lưu"), back=reverse("post_detail", args=[pk]),
        undo=way_back(operations.last_written(post)),
    )  # fmt: skip
