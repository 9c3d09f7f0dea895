from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "kientoan.domains.accounts"
    label = "accounts"
