from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "kientoan.domains.organisation"
    label = "organisation"
