from django.apps import AppConfig


class OpinionsConfig(AppConfig):
    name = "second_opinion.opinions"

    def ready(self) -> None:
        # Models can be imported only once all rooms are loaded.
        from second_opinion.audit.tasks import register_handler
        from second_opinion.opinions.services import ASSESSOR_ENGAGED, DISCUSSION
        from second_opinion.opinions.tasks import tell_assessor, tell_discussion

        register_handler(ASSESSOR_ENGAGED, tell_assessor)
        register_handler(DISCUSSION, tell_discussion)
