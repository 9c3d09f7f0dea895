"""Addresses of the administration."""

from django.urls import path

from . import acts_on_accounts, journal, views

urlpatterns = [
    path("quan-tri/", views.administration, name="administration"),
    path("quan-tri/tai-khoan/", views.account_list, name="account_list"),
    path("quan-tri/tai-khoan/them/", views.account_create, name="account_create"),
    path("quan-tri/tai-khoan/<int:pk>/", views.account_edit, name="account_edit"),
    path("quan-tri/tai-khoan/<int:pk>/khoa/", acts_on_accounts.account_close, name="account_close"),
    path("quan-tri/tai-khoan/<int:pk>/mo/", acts_on_accounts.account_open, name="account_open"),
    path("quan-tri/tai-khoan/<int:pk>/mat-khau/", acts_on_accounts.account_password, name="account_password"),
    path("quan-tri/tai-khoan/<int:pk>/phien/", acts_on_accounts.account_sessions, name="account_sessions"),
    path("quan-tri/tai-khoan/<int:pk>/hai-lop/", acts_on_accounts.account_factor, name="account_factor"),
    path("quan-tri/tai-khoan/<int:pk>/can-bo/", acts_on_accounts.account_person, name="account_person"),
    path("quan-tri/tai-khoan/<int:pk>/vai-tro/", acts_on_accounts.role_give, name="role_give"),
    path("quan-tri/vai-tro/<int:pk>/", acts_on_accounts.role_end, name="role_end"),
    path("quan-tri/don-vi/<int:pk>/", acts_on_accounts.unit_roles, name="unit_roles"),
    path("quan-tri/nhat-ky/", journal.journal, name="journal"),
]
