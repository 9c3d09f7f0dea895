"""What a browser calls itself, in words people know."""

from django import template
from django.utils.translation import gettext

register = template.Library()

# the first mark found in the string counts: Edge also says Chrome, Chrome also says Safari
BROWSERS = (
    ("Edg", "Edge"), ("OPR", "Opera"), ("coc_coc", "Cốc Cốc"), ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
    ("Mac OS", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


@register.filter
def device(user_agent: str) -> str:
    """`{{ session.user_agent|device }}` → "Chrome trên Windows"; what is not known stays as it is."""
    browser = next((words for mark, words in BROWSERS if mark in user_agent), "")
    system = next((words for mark, words in SYSTEMS if mark in user_agent), "")
    if browser and system:
        return gettext("%(browser)s trên %(system)s") % {"browser": browser, "system": system}
    return browser or system or user_agent[:60] or gettext("không rõ")
