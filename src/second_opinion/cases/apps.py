from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "second_opinion.cases"
