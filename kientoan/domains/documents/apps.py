from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "kientoan.domains.documents"
    label = "documents"
