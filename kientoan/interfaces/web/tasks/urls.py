"""Addresses of the pages of tasks."""

from django.urls import path

from . import acts, bulk, detail, editing, handing, importing, listing

urlpatterns = [
    path("", listing.task_list, name="task_list"),
    path("xuat/", listing.task_export, name="task_export"),
    path("bo-loc/", listing.save, name="task_filter_save"),
    path("bo-loc/<int:filter_id>/xoa/", listing.delete, name="task_filter_delete"),
    path("them/", editing.task_create, name="task_create"),
    path("nhap/", importing.task_import, name="task_import"),
    path("hang-loat/", bulk.task_bulk, name="task_bulk"),
    path("hang-loat/hoan-tac/", bulk.task_bulk_undo, name="task_bulk_undo"),
    path("minh-chung/<int:evidence_id>/", detail.evidence_file, name="evidence_file"),
    path("<int:task_id>/", detail.task_detail, name="task_detail"),
    path("<int:task_id>/sua/", editing.task_edit, name="task_edit"),
    path("<int:task_id>/xoa/", editing.task_discard, name="task_discard"),
    path("<int:task_id>/giao/", handing.task_hand_down, name="task_hand_down"),
    path("<int:task_id>/bao-cao/", acts.task_report, name="task_report"),
    path("<int:task_id>/thao-tac/", acts.task_act, name="task_act"),
    path("<int:task_id>/hoan-tac/", acts.task_undo, name="task_undo"),
]
