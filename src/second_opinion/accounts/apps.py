from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.db import connection


class AccountsConfig(AppConfig):
    name = "second_opinion.accounts"

    def ready(self) -> None:
        from allauth.mfa import signals
        from allauth.socialaccount.signals import social_account_added

        from second_opinion.accounts import services, tasks
        from second_opinion.accounts.services import e_id, means
        from second_opinion.audit.tasks import register_handler

        register_handler(services.INVITED, tasks.tell_invited)
        register_handler(services.RESET, tasks.tell_of_reset)
        signals.authenticator_added.connect(means.note_means_added)
        signals.authenticator_reset.connect(means.note_means_added)
        signals.authenticator_removed.connect(means.note_means_removed)
        social_account_added.connect(e_id.note_linked)
        checks.register(no_demo_on_postgresql, checks.Tags.security, deploy=True)
        checks.register(no_plain_http, checks.Tags.security, deploy=True)


def no_demo_on_postgresql(**_: object) -> list[checks.CheckMessage]:
    """The demo lets anybody in who holds a link; real people's cases live on PostgreSQL."""
    if not settings.SECOND_OPINION_DEMO or connection.vendor != "postgresql":
        return []
    return [
        checks.Error(
            "SECOND_OPINION_DEMO is set on PostgreSQL, and its links sign in without a mail.",
            hint="Unset SECOND_OPINION_DEMO, or let DATABASE_URL name a SQLite file for the demo.",
            id="second_opinion.E001",
        )
    ]


def no_plain_http(**_: object) -> list[checks.CheckMessage]:
    is_plain = urlsplit(settings.SECOND_OPINION_PUBLIC_URL).scheme == "http"
    if not is_plain or settings.SECOND_OPINION_IS_LOCAL or settings.SECOND_OPINION_DEMO:
        return []
    return [
        checks.Error(
            "SECOND_OPINION_PUBLIC_URL is plain http, and other machines are answered: sign-in "
            "codes and reports would travel unprotected.",
            hint="Let it begin with https://, behind a proxy that holds the certificate.",
            id="second_opinion.E002",
        )
    ]
