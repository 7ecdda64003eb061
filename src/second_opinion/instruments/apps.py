from django.apps import AppConfig


class InstrumentsConfig(AppConfig):
    name = "second_opinion.instruments"
