from django.apps import AppConfig


class ResultsConfig(AppConfig):
    name = "kientoan.domains.results"
    label = "results"
