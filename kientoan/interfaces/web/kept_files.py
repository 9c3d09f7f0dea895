"""A file between its dry run and the act: kept on the server, named by a signed token on the page."""

from typing import Any

from django.core import signing

from kientoan.domains.documents.models import StoredFile

from .http import Request

ONE_HOUR = 3600


class Expired(Exception):
    """The token is older than an hour, of another page or of another account: the file must be sent again."""


def token_for(request: Request, stored: StoredFile, *more: Any, page: str) -> str:
    """A token for the file on this page and account; `more`: what else the act needs (JSON values)."""
    return signing.dumps([request.user.pk, stored.pk, *more], salt=page)


def kept_file(request: Request, *, page: str) -> tuple[StoredFile, list[Any]]:
    """The file of the token that was posted, with what else the token carries. Raises `Expired`."""
    try:
        user, file_id, *more = signing.loads(request.POST["token"], salt=page, max_age=ONE_HOUR)
    except signing.BadSignature as error:
        raise Expired from error
    if user != request.user.pk:
        raise Expired
    return StoredFile.objects.get(pk=file_id), more
