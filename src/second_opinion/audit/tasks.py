"""The worker: does what lies due in the outbox, with the handlers that higher rooms registered."""

import logging
import threading
from collections.abc import Callable
from smtplib import SMTPException, SMTPRecipientsRefused
from time import monotonic
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import InterfaceError, OperationalError, close_old_connections
from django.utils import translation

from second_opinion.audit import services
from second_opinion.audit.errors import AddressRefusedError, DeliveryError
from second_opinion.audit.models import OutboxRow

Handler = Callable[[UUID], None]

Chore = Callable[[], None]

SECONDS_BETWEEN_LOOKS = 2.0
SECONDS_BETWEEN_CHORES = 60.0
PERMANENT = 500  # reply codes of SMTP from here on are final

log = logging.getLogger(__name__)
_handlers: dict[str, Handler] = {}
_handlers_if_cut_short: dict[str, Handler] = {}
_chores: list[Chore] = []


def register_handler(kind: str, handler: Handler, *, if_cut_short: Handler | None = None) -> None:
    """Called from a room's AppConfig.ready. A handler gets the subject's pseudonym.

    It is called again for a row whose worker died in the middle, when nobody knows how far that
    one came. Where doing it twice would harm, `if_cut_short` is called instead.
    """
    _handlers[kind] = handler
    _handlers_if_cut_short[kind] = if_cut_short or handler


def register_chore(chore: Chore) -> None:
    """Called from a room's AppConfig.ready: something to look after every minute.

    Every worker does it, perhaps at the same moment as another: it must lock what it changes.
    """
    _chores.append(chore)


def do_chores() -> None:
    for chore in _chores:
        chore()


def deliver_due(*, stop: threading.Event | None = None) -> int:
    """Do all that is due now, one row at a time; returns how many rows were tried."""
    n_tried = 0
    while not (stop and stop.is_set()):
        row = services.claim_next()
        if row is None:
            break
        _deliver(row)
        n_tried += 1
    return n_tried


def post(*, subject: str, body: str, to: str, mail: UUID | None = None) -> None:
    """Hand one mail to the mail server.

    `mail` is the same at every attempt to send the same mail, and so is then its Message-ID, by
    which mailboxes know a mail that they have already. Raises AddressRefusedError where the
    server never takes that address, and DeliveryError where it may later. Neither keeps the
    server's own words, for they may hold the address.
    """
    host = urlsplit(settings.SECOND_OPINION_PUBLIC_URL).hostname
    identity = f"<{mail or uuid4()}@{host}>"
    try:
        EmailMessage(subject, body, to=[to], headers={"Message-ID": identity}).send()
    except SMTPRecipientsRefused as error:
        if all(code >= PERMANENT for code, _words in error.recipients.values()):
            raise AddressRefusedError("The mail server refuses the address.") from error
        raise DeliveryError("The mail server did not take the address yet.") from error
    except (SMTPException, OSError) as error:
        raise DeliveryError(f"The mail server did not take it ({type(error).__name__}).") from error


def run_worker(*, stop: threading.Event, seconds: float = SECONDS_BETWEEN_LOOKS) -> None:
    """Look for due rows until told to stop; the row at hand is finished first.

    A database that is gone for a while does not end the worker: it looks again.
    """
    chores_at = 0.0
    while not stop.is_set():
        close_old_connections()
        try:
            deliver_due(stop=stop)
            if monotonic() >= chores_at:
                chores_at = monotonic() + SECONDS_BETWEEN_CHORES
                do_chores()
        except (OperationalError, InterfaceError) as error:
            log.warning("The database does not answer (%s); looking again.", type(error).__name__)
        stop.wait(seconds)
    close_old_connections()


def _deliver(row: OutboxRow) -> None:
    handler = (_handlers_if_cut_short if row.was_cut_short else _handlers).get(row.kind)
    if handler is None:
        services.mark_failed(row=row, sentence=f"No handler for {row.kind} in this version.")
        return
    try:
        with translation.override(None):  # a handler chooses its reader's language
            handler(row.subject)
    except (OperationalError, InterfaceError):
        raise  # nobody knows whether the mail went out before the database did: as if cut short
    except DeliveryError as error:
        _note_failure(row, str(error))
    # The one boundary that must hold: whatever a handler raises, the others get their turn.
    except Exception as error:
        _note_failure(row, f"{type(error).__name__} in the handler.")
        log.exception("Outbox row %s (%s) failed; it is tried again.", row.pk, row.kind)
    else:
        services.mark_done(row=row)


def _note_failure(row: OutboxRow, sentence: str) -> None:
    services.mark_failed(row=row, sentence=sentence)
    log.warning("Outbox row %s (%s), attempt %s: %s", row.pk, row.kind, row.attempts, sentence)
