"""Addresses of the organisation."""

from django.urls import path

from . import edits, headcount, post_pages, posts, undoing, views

urlpatterns = [
    path("to-chuc/", views.organisation, name="organisation"),
    path("to-chuc/them/", edits.unit_add, name="unit_add"),
    path("to-chuc/<int:pk>/", views.unit_detail, name="unit_detail"),
    path("to-chuc/<int:pk>/ten-moi/", edits.version_add, name="version_add"),
    path("to-chuc/<int:pk>/he-thong/", edits.place_add, name="place_add"),
    path("to-chuc/<int:pk>/chuc-danh/", posts.post_add, name="post_add"),
    path("to-chuc/<int:pk>/bien-che/", headcount.headcount_detail, name="headcount_detail"),
    path("to-chuc/<int:pk>/bien-che/them/", headcount.headcount_add, name="headcount_add"),
    path("bien-che/<int:pk>/", headcount.headcount_correct, name="headcount_correct"),
    path("bien-che/<int:pk>/bo/", headcount.headcount_remove, name="headcount_remove"),
    path("to-chuc/ten/<int:pk>/", edits.version_correct, name="version_correct"),
    path("chuc-danh/<int:pk>/", posts.post_correct, name="post_correct"),
    path("chuc-danh/<int:pk>/nguoi-giu/", post_pages.post_detail, name="post_detail"),
    path("chuc-danh/<int:pk>/thoi-gian/", post_pages.post_days, name="post_days"),
    path("to-chuc/hoan-tac/<str:versions>/", undoing.organisation_undo, name="organisation_undo"),
    path("chuc-danh/<int:pk>/giu-chuc/", posts.appoint, name="appoint"),
    path("giu-chuc/<int:pk>/", posts.membership_change, name="membership_change"),
    path("can-bo/", views.people, name="people"),
    path("can-bo/them/", posts.person_add, name="person_add"),
    path("can-bo/<int:pk>/", views.person_detail, name="person_detail"),
    path("can-bo/<int:pk>/ten/", posts.person_rename, name="person_rename"),
]
