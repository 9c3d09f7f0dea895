"""The interface font, Be Vietnam Pro, for as far as it was installed: rules for the files that are there.

The files come from a package that the installer fetches when it can; a style sheet that named absent files
would stop the gathering of static files, so the rules are written on request.
"""

import hashlib
from functools import lru_cache

from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse

WEIGHTS = (400, 500, 600, 700)
# Characters in each file, as published with the font. Of two files with a letter the later one is fetched:
# the Vietnamese one comes last, so that a Vietnamese page needs two files a weight and not three.
SUBSETS = {
    "latin-ext": (
        "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,U+0329,"
        "U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF"
    ),
    "latin": (
        "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,"
        "U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD"
    ),
    "vietnamese": (
        "U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,U+0300-0301,"
        "U+0303-0304,U+0308-0309,U+0323,U+0329,U+1EA0-1EF9,U+20AB"
    ),
}


@lru_cache(maxsize=1)
def rules() -> str:
    """The `@font-face` rules for the files that this installation has; '' when it has none."""
    found = []
    for subset, characters in SUBSETS.items():
        for weight in WEIGHTS:
            name = f"fonts/be-vietnam-pro-{subset}-{weight}-normal.woff2"
            if finders.find(name):
                found.append(
                    f"@font-face{{font-family:'Be Vietnam Pro';font-weight:{weight};font-display:swap;"
                    f"src:url('{static(name)}') format('woff2');unicode-range:{characters}}}"
                )
    return "\n".join(found)


def address() -> str:
    """Where the rules are served, with a mark that changes with them; '' when there is no font."""
    if not rules():
        return ""
    return f"{reverse('fonts')}?v={hashlib.sha256(rules().encode()).hexdigest()[:12]}"


@login_not_required
def fonts_css(request: HttpRequest) -> HttpResponse:
    """The rules as a style sheet that browsers may keep for a year."""
    response = HttpResponse(rules(), content_type="text/css")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
