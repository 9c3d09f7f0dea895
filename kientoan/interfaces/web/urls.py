"""The address book of the web interface: one include per domain."""

from django.urls import URLPattern, URLResolver, include, path

from . import fonts, pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.home, name="home"),
    path("language/", pages.choose_language, name="choose_language"),
    path("fonts.css", fonts.fonts_css, name="fonts"),
    path("_style/", pages.style, name="style"),
    path("", include("allauth.urls")),
]
