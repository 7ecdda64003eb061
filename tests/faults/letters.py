"""Letters that wait for a worker, and how they fare. A program."""

import json
import sys

import django


def fill(many):
    """As many letters to a decider, and one reminder to a candidate, all due now."""
    from django.core.management import call_command

    from second_opinion.candidates.services.mails import queue_mail
    from second_opinion.candidates.states import MailKind
    from second_opinion.cases.services import enter_contact, write_letters
    from second_opinion.cases.states import LetterKind
    from tests import factories

    call_command("migrate", verbosity=0)
    cast = factories.Cast()
    case = factories.make_case(cast)
    _empty_the_outbox()
    for _ in range(int(many)):
        write_letters(
            case=case, kind=LetterKind.REPORT, readers=[cast.decider], about=case, author=None
        )
    candidacy = case.candidacies.get()
    enter_contact(actor=cast.coordinator, candidacy=candidacy, email="kim@example.com")
    queue_mail(candidacy=candidacy, kind=MailKind.REMINDER)
    return {"rows": _waiting()}


def look():
    """How each row stands, without its subject."""
    from second_opinion.audit.models import OutboxRow
    from second_opinion.candidates.models import Mailing

    rows = OutboxRow.objects.order_by("pk").values_list("kind", "attempts", "last_error", "done_at")
    return {
        "rows": [[kind, attempts, error, done is not None] for kind, attempts, error, done in rows],
        "waiting": _waiting(),
        "dropped": Mailing.objects.filter(dropped_at__isnull=False).count(),
    }


def later():
    """All that waits for its next attempt has come due."""
    from django.utils import timezone

    from second_opinion.audit.models import OutboxRow

    return OutboxRow.objects.filter(done_at__isnull=True).update(due_at=timezone.now())


def _empty_the_outbox():
    from django.utils import timezone

    from second_opinion.audit.models import OutboxRow

    OutboxRow.objects.update(done_at=timezone.now())


def _waiting():
    from second_opinion.audit.models import OutboxRow

    return OutboxRow.objects.filter(done_at__isnull=True).count()


if __name__ == "__main__":
    django.setup()
    do, *arguments = sys.argv[1:]
    print(json.dumps({"fill": fill, "look": look, "later": later}[do](*arguments)))
