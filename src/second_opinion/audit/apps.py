from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "second_opinion.audit"
