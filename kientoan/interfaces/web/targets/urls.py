"""Addresses of the pages of targets."""

from django.urls import path

from . import detail, editing, figures, handing, indicators, listing

urlpatterns = [
    path("", listing.target_list, name="target_list"),
    path("xuat/", listing.target_export, name="target_export"),
    path("them/", editing.target_create, name="target_create"),
    path("hoan-tac/<int:entry_id>/", editing.target_undo, name="target_undo"),
    path("bo/them/", editing.target_set_create, name="target_set_create"),
    path("bo/<int:set_id>/sua/", editing.target_set_edit, name="target_set_edit"),
    path("danh-muc/", indicators.indicator_list, name="indicator_list"),
    path("danh-muc/them/", indicators.indicator_create, name="indicator_create"),
    path("danh-muc/<int:indicator_id>/", indicators.indicator_detail, name="indicator_detail"),
    path("danh-muc/<int:indicator_id>/so-lieu/", figures.indicator_figures, name="indicator_figures"),
    path("danh-muc/<int:indicator_id>/sua/", indicators.indicator_edit, name="indicator_edit"),
    path("<int:target_id>/", detail.target_detail, name="target_detail"),
    path("<int:target_id>/sua/", editing.target_edit, name="target_edit"),
    path("<int:target_id>/go/", editing.target_remove, name="target_remove"),
    path("<int:target_id>/giao/", handing.target_hand_down, name="target_hand_down"),
]
