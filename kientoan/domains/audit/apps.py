from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "kientoan.domains.audit"
    label = "audit"
