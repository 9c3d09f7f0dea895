from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "kientoan.interfaces.web"
    label = "web"
