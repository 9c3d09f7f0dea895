from django.apps import AppConfig


class ReorganisationConfig(AppConfig):
    name = "kientoan.domains.reorganisation"
    default_auto_field = "django.db.models.BigAutoField"
