"""Ordering a case."""

import math
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from second_opinion.accounts import selectors as accounts
from second_opinion.accounts.models import Organisation, Person
from second_opinion.accounts.policies import Denied, require
from second_opinion.accounts.states import Role
from second_opinion.audit.services import make_case_key, record_event
from second_opinion.cases import policies
from second_opinion.cases.errors import InvalidOrderError
from second_opinion.cases.models import Candidacy, Case, CaseTransition, OpenQuestion, Order
from second_opinion.cases.selectors import state_since
from second_opinion.cases.services.approval import appoint
from second_opinion.cases.services.letters import write_letter
from second_opinion.cases.states import CaseState, LetterKind

MOST_CANDIDATES = 3


@transaction.atomic
def order_case(
    *,
    actor: Person,
    client: Organisation,
    provider: Organisation,
    orderer: Person,
    coordinator: Person,
    role: str,
    due_on: date,
    open_questions: Sequence[str],
    candidates: Sequence[str],
    reference: str = "",
    scale_low: float = 1.0,
    scale_high: float = 5.0,
    bar: float = 3.0,
    language: str = "",
    price: float | None = None,
    yearly_pay: float | None = None,
    worked_out: float | None = None,
    deciders: Sequence[Person] = (),
    practised_by: Person | None = None,
    details: Mapping[str, Any] | None = None,
) -> Case:
    """Enter an order with its candidates and open questions; it begins as ordered.

    For an order that was given to the coordinator: one that its orderer writes is begun by
    `begin_order`. details are fields of `Order` by name; words of `why` that the orderer enters
    are signed. price is of one opinion on one candidate; worked_out is how many of ten people
    who would have been hired at this point without a second opinion did.
    """
    require(policies.may_order(actor, client=client, provider=provider))
    names = [name.strip() for name in candidates if name.strip()]
    questions = [text.strip() for text in open_questions if text.strip()]
    _check_people(client=client, provider=provider, orderer=orderer, coordinator=coordinator)
    check_interests(client=client, provider=provider, orderer=orderer, coordinator=coordinator)
    _check_order(role=role, names=names, questions=questions)
    _check_scale(low=scale_low, high=scale_high, bar=bar)
    case = Case(
        reference=reference.strip() or next_reference(provider),
        role=role.strip(),
        client=client,
        provider=provider,
        orderer=orderer,
        coordinator=coordinator,
        practised_by=practised_by,
        state_since=timezone.now(),
        due_on=due_on,
        scale_low=scale_low,
        scale_high=scale_high,
        bar=bar,
        language=language or orderer.language,
        price=price,
        yearly_pay=yearly_pay,
        worked_out=worked_out,
    )
    case.full_clean()
    make_case_key(case)
    case.save()
    _write_lists(case, questions=questions, names=names)
    appoint(case, deciders)
    _write_details(case, details or {}, actor=actor)
    _begin(case, actor=actor)
    return case


def _begin(case: Case, *, actor: Person) -> None:
    """The first step of the timeline; and mails to those who did not enter the order themselves."""
    CaseTransition.objects.create(
        case=case, source="", target=CaseState.ORDERED, actor=actor, at=state_since(case)
    )
    record_event(actor=actor, verb="case.ordered", subject=case, case=case)
    if case.order.signed_at is None:
        write_letter(case=case, kind=LetterKind.WHY_WANTED, reader=case.orderer, author=actor)
    write_letter(case=case, kind=LetterKind.ORDER_SENT, reader=case.coordinator, author=actor)


def _write_lists(case: Case, *, questions: Sequence[str], names: Sequence[str]) -> None:
    OpenQuestion.objects.bulk_create(
        OpenQuestion(case=case, position=position, text=text)
        for position, text in enumerate(questions, start=1)
    )
    Candidacy.objects.bulk_create(
        Candidacy(case=case, position=position, name=name, language=case.language)
        for position, name in enumerate(names, start=1)
    )


def _write_details(case: Case, details: Mapping[str, Any], *, actor: Person) -> None:
    order = Order(case=case, **details)
    if order.why and actor.pk == case.orderer_id:
        order.signed_by, order.signed_at = actor, timezone.now()
    order.full_clean()
    order.save()


def check_interests(
    *, client: Organisation, provider: Organisation, orderer: Person, coordinator: Person
) -> None:
    """Refuse an order whose people are not on two sides."""
    if orderer.pk == coordinator.pk:
        raise InvalidOrderError(
            _("Who orders a second opinion cannot run it too: it would not be independent.")
        )
    for person in (orderer, coordinator):
        decision = policies.is_on_one_side(person, client, provider)
        if isinstance(decision, Denied):
            raise InvalidOrderError(decision.reason)


def next_reference(provider: Organisation) -> str:
    year = timezone.localdate().year
    newest = Case.objects.filter(provider=provider).aggregate(newest=Max("pk"))["newest"] or 0
    return f"{year}-{newest + 1:04d}"


def _check_people(
    *, client: Organisation, provider: Organisation, orderer: Person, coordinator: Person
) -> None:
    if not accounts.has_role(orderer, Role.ORDERER, client):
        raise InvalidOrderError(
            _("%(person)s is no orderer at %(client)s. Give them the role, or choose another.")
            % {"person": orderer, "client": client}
        )
    if not accounts.has_role(coordinator, Role.COORDINATOR, provider):
        raise InvalidOrderError(
            _(
                "%(person)s is no coordinator at %(provider)s. "
                "Give them the role, or choose another."
            )
            % {"person": coordinator, "provider": provider}
        )


def _check_order(*, role: str, names: Sequence[str], questions: Sequence[str]) -> None:
    if not role.strip():
        raise InvalidOrderError(_("Name the role that the case is about."))
    if not 1 <= len(names) <= MOST_CANDIDATES:
        raise InvalidOrderError(
            _("A case has one to %(most)s candidates, and this one has %(found)s.")
            % {"most": MOST_CANDIDATES, "found": len(names)}
        )
    if len(set(names)) < len(names):
        raise InvalidOrderError(_("Two candidates have the same name: tell them apart."))
    if not questions:
        raise InvalidOrderError(_("Put at least one open question: what do you still not know?"))


def _check_scale(*, low: float, high: float, bar: float) -> None:
    if not all(map(math.isfinite, (low, high, bar))) or not low < high or not low <= bar <= high:
        raise InvalidOrderError(
            _(
                "The scale must go upwards with the bar on it; "
                "found %(low)s to %(high)s, bar %(bar)s."
            )
            % {"low": low, "high": high, "bar": bar}
        )
