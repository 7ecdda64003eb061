from django.apps import AppConfig


class InstrumentsConfig(AppConfig):
    name = "second_opinion.instruments"

    def ready(self) -> None:
        from second_opinion.audit.triggers import protect
        from second_opinion.instruments.triggers import REFUSALS

        protect(*REFUSALS)
