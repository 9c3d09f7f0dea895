"""Tags of the pages that show time."""

from django import template
from django.utils.safestring import SafeString

from kientoan.domains.organisation.queries import Arc
from kientoan.domains.organisation.queries.comparison import Change
from kientoan.interfaces.web.organisation.lineage_picture import share_words
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
    """`{% lineage_share arc %}` → "26,5 % diện tích"; "một phần" when the share is not known."""
    return share_words(arc)


@register.simple_tag
def change_sign(change: str) -> SafeString:
    """`{% change_sign "came" %}`: how a unit differs between two days, by word, shape and colour."""
    icon, tone = CHANGES[Change(change)]
    return _sign(icon, tone, str(Change(change).label))
