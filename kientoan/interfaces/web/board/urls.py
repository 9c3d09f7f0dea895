"""Addresses of the board and of the reports made from it."""

from django.urls import path

from . import reports, views

urlpatterns = [
    path("bang-dieu-hanh/", views.board, name="board"),
    path("bao-cao/", reports.report_list, name="report_list"),
    path("bao-cao/van-ban.docx", reports.report_word, name="report_word"),
    path("bao-cao/so-lieu.xlsx", reports.report_workbook, name="report_workbook"),
]
