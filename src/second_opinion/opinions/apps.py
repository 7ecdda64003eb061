from django.apps import AppConfig


class OpinionsConfig(AppConfig):
    name = "second_opinion.opinions"
