"""Addresses that lead from a text or a file to the draft of a decision."""

from django.urls import path

from . import from_document, from_file

urlpatterns = [
    path("sap-xep/tu-van-ban/<int:pk>/", from_document.decision_from_document, name="decision_from_document"),
    path("sap-xep/tu-tep/", from_file.decision_from_file, name="decision_from_file"),
    path("sap-xep/tep-mau/", from_file.decision_template, name="decision_template"),
]
