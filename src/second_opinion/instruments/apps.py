from django.apps import AppConfig


class InstrumentsConfig(AppConfig):
    name = "second_opinion.instruments"

    def ready(self) -> None:
        from second_opinion.audit.tasks import register_chore, register_handler
        from second_opinion.audit.triggers import protect
        from second_opinion.candidates.services import REFEREE_REMINDER
        from second_opinion.instruments import tasks
        from second_opinion.instruments.services import ANSWERS_REMINDER
        from second_opinion.instruments.triggers import REFUSALS

        protect(*REFUSALS)
        register_chore(tasks.forget_taken_back)
        register_handler(REFEREE_REMINDER, tasks.remind_of_reference)
        register_handler(ANSWERS_REMINDER, tasks.remind_of_questionnaire)
