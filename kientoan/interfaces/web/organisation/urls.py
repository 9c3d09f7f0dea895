"""Addresses of the organisation."""

from django.urls import path

from . import checks, codes, edits, headcount, post_pages, posts, statements, undoing, vacancies, views

urlpatterns = [
    path("to-chuc/", views.organisation, name="organisation"),
    path("to-chuc/them/", edits.unit_add, name="unit_add"),
    path("to-chuc/<int:pk>/", views.unit_detail, name="unit_detail"),
    path("to-chuc/<int:pk>/ten-moi/", edits.version_add, name="version_add"),
    path("to-chuc/<int:pk>/he-thong/", edits.place_add, name="place_add"),
    path("to-chuc/<int:pk>/chuc-danh/", posts.post_add, name="post_add"),
    path("to-chuc/khuyet/", vacancies.vacancies, name="vacancies"),
    path("to-chuc/khuyet.xlsx", vacancies.vacancy_export, name="vacancy_export"),
    path("to-chuc/kiem-tra/", checks.office_checks, name="office_checks"),
    path("to-chuc/<int:pk>/ma/", codes.code_add, name="code_add"),
    path("to-chuc/ma/<int:pk>/", codes.code_end, name="code_end"),
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
    path("can-bo/phan-hoi/", statements.statement_list, name="statement_list"),
    path("can-bo/phan-hoi/<int:pk>/", statements.statement_answer, name="statement_answer"),
    path("can-bo/phan-hoi/<int:pk>/rut/", statements.statement_take_back, name="statement_take_back"),
    path("ho-so/phan-hoi/", statements.statement_add, name="statement_add"),
    path("ho-so/phan-hoi/<int:pk>/rut/", statements.statement_withdraw, name="statement_withdraw"),
    path("can-bo/them/", posts.person_add, name="person_add"),
    path("can-bo/<int:pk>/", views.person_detail, name="person_detail"),
    path("can-bo/<int:pk>/ten/", posts.person_rename, name="person_rename"),
]
