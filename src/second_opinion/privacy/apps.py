from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "second_opinion.privacy"

    def ready(self) -> None:
        # Models can be imported only once all rooms are loaded.
        from second_opinion.audit.tasks import register_chore
        from second_opinion.privacy.tasks import erase_what_is_due

        register_chore(erase_what_is_due)
