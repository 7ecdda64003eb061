from django.apps import AppConfig


class OpinionsConfig(AppConfig):
    name = "second_opinion.opinions"

    def ready(self) -> None:
        # Models can be imported only once all rooms are loaded.
        from second_opinion.audit.tasks import register_handler
        from second_opinion.audit.triggers import protect
        from second_opinion.cases.services import CASE_WITHDRAWN
        from second_opinion.opinions.tasks import release_assessors
        from second_opinion.opinions.triggers import REFUSALS

        protect(*REFUSALS)
        register_handler(CASE_WITHDRAWN, release_assessors)
