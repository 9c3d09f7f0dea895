"""Addresses of the pages of figures."""

from django.urls import path

from . import deciding, exporting, grid, importing, listing

urlpatterns = [
    path("", listing.submission_list, name="submission_list"),
    path("mo/", listing.submission_open, name="submission_open"),
    path("nhap/", importing.observation_import, name="observation_import"),
    path("mau/", exporting.observation_template, name="observation_template"),
    path("xuat/", exporting.observation_export, name="observation_export"),
    path("<int:submission_id>/", grid.submission_edit, name="submission_edit"),
    path("<int:submission_id>/hoan-tac/<int:entry_id>/", grid.submission_undo, name="submission_undo"),
    path("<int:submission_id>/duyet/", deciding.submission_approve, name="submission_approve"),
    path("<int:submission_id>/thao-tac/", deciding.submission_act, name="submission_act"),
    path("<int:submission_id>/dinh-chinh/", deciding.submission_correct, name="submission_correct"),
    path("<int:submission_id>/tep/<int:file_id>/", deciding.submission_file, name="submission_file"),
]
