"""Signing in and one's own account. Of allauth's pages only those that lead somewhere here."""

from allauth.account import views as account
from allauth.usersessions import views as sessions
from django.urls import include, path

from . import views

urlpatterns = [
    path("thiet-lap/", views.setup, name="setup"),
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("signup/", account.signup, name="account_signup"),
    path("ho-so/", views.profile, name="profile"),
    path("tai-khoan/", views.security, name="security"),
    path("tai-khoan/bi-khoa/", account.account_inactive, name="account_inactive"),
    path("tai-khoan/mat-khau/", account.password_change, name="account_change_password"),
    path("tai-khoan/xac-nhan/", account.reauthenticate, name="account_reauthenticate"),
    path("tai-khoan/hai-lop/", include("allauth.mfa.urls")),
    path("tai-khoan/phien/", sessions.list_usersessions, name="usersessions_list"),
    path("tai-khoan/phien/dang-xuat-het/", views.end_all_sessions, name="end_all_sessions"),
]
