"""The address book of the web interface: one include per domain."""

from django.urls import URLPattern, URLResolver, include, path

from . import pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.home, name="home"),
    path("", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]
