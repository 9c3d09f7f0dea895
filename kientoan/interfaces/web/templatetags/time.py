"""Tags of the pages that show time."""

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from kientoan.domains.organisation.queries import Arc
from kientoan.domains.organisation.queries.comparison import Change
from kientoan.interfaces.web import wording
from kientoan.interfaces.web.organisation.lineage_figure import OPENED
from kientoan.interfaces.web.organisation.lineage_picture import share_of
from kientoan.interfaces.web.organisation.timeline import MEASURES
from kientoan.interfaces.web.templatetags.kientoan import _sign

register = template.Library()
CHANGES = {
    Change.WENT: ("circle-minus", "bad"),
    Change.CAME: ("circle-plus", "good"),
    Change.RENAMED: ("pencil", "info"),
    Change.RECODED: ("hash", "neutral"),
    Change.KIND: ("layers", "warn"),
    Change.MOVED: ("network", "neutral"),
}


@register.simple_tag
def lineage_share(arc: Arc) -> str:
    """`{% lineage_share arc %}` → "26,5% diện tích"; "một phần" when the share is not known."""
    share = share_of(arc)
    if share is None:
        return gettext("một phần")
    value, measure = share
    return f"{wording.number_text(value, 1)}% {MEASURES[measure]}".strip()


@register.simple_tag(takes_context=True)
def lineage_open(context: Context, name: str) -> str:
    """`?{% lineage_open box.time.fold %}`: the address of this page with one more fold opened."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    query.appendlist(OPENED, name)
    return str(query.urlencode())


@register.simple_tag
def change_sign(change: str) -> SafeString:
    """`{% change_sign "came" %}`: how a unit differs between two days, by word, shape and colour."""
    icon, tone = CHANGES[Change(change)]
    return _sign(icon, tone, str(Change(change).label))
