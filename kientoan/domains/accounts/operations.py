"""What an account may change about itself."""

from .models import Language, User


def set_language(*, user: User, language: str) -> None:
    """The language of the pages; raises ValueError for one that does not exist."""
    user.language = Language(language)
    user.save(update_fields=["language"])


def set_own_password(*, user: User, password: str) -> None:
    """A password that the person chose; nothing needs to be changed at the next sign-in."""
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
