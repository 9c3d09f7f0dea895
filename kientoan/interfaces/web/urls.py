"""The address book of the web interface: one include per domain."""

from django.urls import URLPattern, URLResolver, include, path

from . import fonts, known, pages, style

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.home, name="home"),
    path("ngon-ngu/", pages.choose_language, name="choose_language"),
    path("tim-kiem/", pages.search, name="search"),
    path("nhu-da-biet/", known.known_on, name="known_on"),
    path("van-ban/", include("kientoan.interfaces.web.documents.urls")),
    path("fonts.css", fonts.fonts_css, name="fonts"),
    path("_style/", style.style, name="style"),
    path("nhiem-vu/", include("kientoan.interfaces.web.tasks.urls")),
    path("", include("kientoan.interfaces.web.accounts.urls")),
    path("", include("kientoan.interfaces.web.organisation.urls")),
    path("sap-xep/", include("kientoan.interfaces.web.reorganisation.urls")),
    path("", include("kientoan.interfaces.web.resolutions.urls")),
    path("", include("kientoan.interfaces.web.board.urls")),
    path("", include("kientoan.interfaces.web.administration.urls")),
    path("chi-tieu/", include("kientoan.interfaces.web.targets.urls")),
    path("so-lieu/", include("kientoan.interfaces.web.results.urls")),
]
