"""Filters of lists that a person keeps under a name."""

from django.db import transaction
from django.utils.translation import gettext as _

from kientoan.domains.organisation.access import Viewer

from ..errors import Refused
from ..models import SavedFilter

MOST = 30


@transaction.atomic
def save_filter(*, viewer: Viewer, page: str, name: str, query: str) -> SavedFilter:
    """Keep a filter; the same name again replaces it. At most 30 on a page."""
    name = name.strip()
    if not name:
        raise Refused(_("Hãy đặt tên cho bộ lọc."))
    mine = SavedFilter.objects.filter(user=viewer.user, page=page)
    if mine.count() >= MOST and not mine.filter(name=name).exists():
        raise Refused(_("Đã có 30 bộ lọc; hãy xóa bớt bộ lọc không dùng."))
    saved, _created = SavedFilter.objects.update_or_create(
        user=viewer.user, page=page, name=name[:100], defaults={"query": query[:2000]}
    )
    return saved


def delete_filter(*, viewer: Viewer, filter_id: int) -> None:
    """Forget one's own filter; nothing happens when there is none."""
    SavedFilter.objects.filter(user=viewer.user, pk=filter_id).delete()
