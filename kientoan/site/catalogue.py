"""The English catalogue: Vietnamese is written in the code, `locale/en.d/*.po` translate it part by part.

Django reads one compiled file; it is made here whenever a part is newer, so nobody needs gettext's tools.
"""

from pathlib import Path

LOCALE = Path(__file__).resolve().parents[1] / "locale"
SHARED = "words.po"  # words that many parts use; a part that has its own translation of one wins


def compile_catalogue(locale: Path = LOCALE) -> bool:
    """Merge the parts into `en/LC_MESSAGES/django.mo`; True when it was made anew.

    Raises `ValueError` naming both files when two parts translate one message differently.
    """
    parts = sorted((locale / "en.d").glob("*.po"), key=lambda part: (part.name == SHARED, part.name))
    target = locale / "en" / "LC_MESSAGES" / "django.mo"
    newest = max((part.stat().st_mtime for part in parts), default=0.0)
    if target.exists() and target.stat().st_mtime >= newest:
        return False
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    merged = Catalog(locale="en", domain="django", fuzzy=False)
    origin: dict[object, str] = {}
    for part in parts:
        with part.open("rb") as file:
            catalog = read_po(file, locale="en", domain="django")
        for message in catalog:
            if not message.id or not message.string:
                continue
            key = (message.context, message.id)
            known = merged.get(message.id, context=message.context)
            if known is not None and part.name == SHARED:
                continue
            if known is not None and known.string != message.string:
                raise ValueError(
                    f"«{message.id}»: {origin[key]} says «{known.string}», {part.name} «{message.string}»"
                )
            origin[key] = part.name
            merged.add(message.id, message.string, context=message.context)
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        write_mo(file, merged)
    return True
