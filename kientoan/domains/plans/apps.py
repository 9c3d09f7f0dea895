from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "kientoan.domains.plans"
    label = "plans"
