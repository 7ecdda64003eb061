"""Where a person is signed in, and signing out elsewhere."""

import time

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from second_opinion.accounts import selectors
from second_opinion.accounts.models import Person
from second_opinion.audit.services import record_event

SIGNED_IN_AT = "signed_in_at"
SECONDS_OF_TRUST = 15 * 60  # in which the ways to sign in can be changed


def begin_session(*, person: Person, request: HttpRequest) -> None:
    """Remember when this session began, and forget the traces of those that have ended."""
    request.session[SIGNED_IN_AT] = time.time()
    UserSession.objects.create_from_request(request)
    live = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    UserSession.objects.filter(user=person).exclude(session_key__in=live).delete()


def is_recently_signed_in(*, request: HttpRequest) -> bool:
    began = request.session.get(SIGNED_IN_AT, 0.0)
    return bool(time.time() - began < SECONDS_OF_TRUST)


@transaction.atomic
def end_session(*, actor: Person, number: int) -> bool:
    """End one of one's own sessions; False where it has ended already or is somebody else's."""
    session = selectors.sessions_of(actor).filter(pk=number).first()
    if session is None:
        return False
    _end([session], person=actor, actor=actor)
    return True


@transaction.atomic
def end_other_sessions(*, actor: Person, key: str | None) -> int:
    """End all but the session with that key; answers how many there were."""
    others = list(selectors.sessions_of(actor).exclude(session_key=key))
    _end(others, person=actor, actor=actor)
    return len(others)


@transaction.atomic
def end_all_sessions(*, person: Person, actor: Person | None) -> int:
    """Sign somebody out everywhere; `actor` is None for the operator. Answers how many it was."""
    everywhere = list(selectors.sessions_of(person))
    _end(everywhere, person=person, actor=actor)
    return len(everywhere)


def _end(sessions: list[UserSession], *, person: Person, actor: Person | None) -> None:
    keys = [session.session_key for session in sessions]
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()
    if sessions:
        record_event(
            actor=actor,
            verb="person.sessions_ended",
            subject=person,
            case=None,
            details={"sessions": len(sessions)},
        )
