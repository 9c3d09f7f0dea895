from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "kientoan.domains.reports"
    label = "reports"
