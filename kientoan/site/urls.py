"""All addresses of the site, and the pages for what went wrong."""

from django.urls import include, path

urlpatterns = [path("", include("kientoan.interfaces.web.urls"))]

handler400 = "kientoan.interfaces.web.errors.bad_request"
handler403 = "kientoan.interfaces.web.errors.forbidden"
handler404 = "kientoan.interfaces.web.errors.not_found"
handler500 = "kientoan.interfaces.web.errors.server_error"
