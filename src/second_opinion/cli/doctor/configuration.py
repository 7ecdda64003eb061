from django.conf import settings
from django.core import checks
from django.core.mail.backends.console import EmailBackend as ConsoleBackend
from django.utils.module_loading import import_string

from second_opinion.cli.doctor.findings import Finding
from second_opinion.library.criteria import folder_faults
from second_opinion.library.questionnaires import questionnaires

MAKE_A_KEY = "python3 -c 'import secrets; print(secrets.token_urlsafe(32))'"
REFUSED = ("second_opinion.E001", "second_opinion.E002")


def configuration_findings() -> list[Finding]:
    return [*_master_key(), *_mail(), *_criteria(), *_questionnaires(), *_deployment()]


def _master_key() -> list[Finding]:
    if settings.SECOND_OPINION_HAS_MASTER_KEY or settings.SECOND_OPINION_DEMO:
        return []
    return [
        Finding(
            area="configuration",
            problem="SECOND_OPINION_MASTER_KEY is not set, and everything secret depends on it.",
            mend=(
                f"Make one with {MAKE_A_KEY}, keep it apart from the database and its backups, "
                "and set it for serve, worker and migrate."
            ),
        )
    ]


def _mail() -> list[Finding]:
    """On one's own machine the console is a fair place for mails; elsewhere nobody reads them."""
    is_console = issubclass(import_string(settings.EMAIL_BACKEND), ConsoleBackend)
    if not is_console or settings.SECOND_OPINION_IS_LOCAL or settings.SECOND_OPINION_DEMO:
        return []
    return [
        Finding(
            area="configuration",
            problem="SECOND_OPINION_SMTP_URL is not set: mails are printed instead of sent.",
            mend="Set it to your mail server, for example smtp://user:password@host:587.",
            stops_serving=False,
        )
    ]


def _criteria() -> list[Finding]:
    """A file with a fault is left out of what is offered; nobody would know why."""
    if settings.SECOND_OPINION_CRITERIA_FOLDER is None:
        return []
    return [
        Finding(
            area="configuration",
            problem=f"A criterion of your own is not offered. {fault}",
            mend="Mend the file; second-opinion library check FOLDER tells when it is right.",
            stops_serving=False,
        )
        for fault in folder_faults(settings.SECOND_OPINION_CRITERIA_FOLDER)
    ]


def _questionnaires() -> list[Finding]:
    """The same of a questionnaire."""
    return [
        Finding(
            area="configuration",
            problem=f"A questionnaire is not offered. {fault}",
            mend="Mend the file; second-opinion questionnaire check FILE tells when it is right.",
            stops_serving=False,
        )
        for fault in questionnaires(settings.SECOND_OPINION_QUESTIONNAIRE_FOLDER).faults
    ]


def _deployment() -> list[Finding]:
    """Django's own deployment checks and ours; the demo is meant for http on one machine."""
    messages = checks.run_checks(include_deployment_checks=not settings.SECOND_OPINION_DEMO)
    if settings.SECOND_OPINION_DEMO:
        everything = checks.run_checks(tags=[checks.Tags.security], include_deployment_checks=True)
        messages += [message for message in everything if message.id in REFUSED]
    return [
        Finding(
            area="configuration",
            problem=message.msg,
            mend=message.hint or "See docs/reference/settings.md.",
            stops_serving=message.id in REFUSED,
        )
        for message in messages
        if not message.is_silenced()
    ]
