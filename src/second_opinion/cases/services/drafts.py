"""Writing an order: begun, saved part by part as it is typed, sent when it is whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Organisation, Person
from second_opinion.accounts.policies import require
from second_opinion.audit.services import content_hash, make_case_key, record_event
from second_opinion.cases import policies, selectors
from second_opinion.cases.errors import InvalidOrderError
from second_opinion.cases.models import Candidacy, Case, CaseTransition, OpenQuestion, Order
from second_opinion.cases.services.beliefs import seal_beliefs
from second_opinion.cases.services.journey import _locked_row, _move
from second_opinion.cases.services.letters import ask_deciders, write_letter
from second_opinion.cases.services.order import MOST_CANDIDATES, check_interests, next_reference
from second_opinion.cases.services.profile import copy_profile, editable_profile
from second_opinion.cases.states import CaseState, LetterKind

DAYS_TO_BEGIN_WITH = 21
OF_CASE = frozenset(
    {
        "role",
        "due_on",
        "language",
        "bar",
        "price",
        "yearly_pay",
        "worked_out",
        "cost_of_wrong_hire",
    }
)
OF_ORDER = frozenset(
    {
        "role_preview",
        "why",
        "competence_lacking",
        "how_chosen",
        "minutes_allowed",
        "report_order",
        "further_readers",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateEntry:
    """One finalist as typed; a row without a name is none."""

    name: str
    email: str = ""
    language: str = ""


@transaction.atomic
def begin_order(
    *,
    actor: Person,
    client: Organisation,
    provider: Organisation,
    role: str,
    earlier: Case | None = None,
) -> Case:
    """Begin an order in one's own name; from an earlier case it takes all but its finalists."""
    require(policies.may_begin_order(actor, client=client))
    coordinator = selectors.coordinator_at(provider, client=client)
    if coordinator is None:
        raise InvalidOrderError(
            _("Nobody at %(provider)s takes orders here. Choose another provider.")
            % {"provider": provider}
        )
    check_interests(client=client, provider=provider, orderer=actor, coordinator=coordinator)
    if not role.strip():
        raise InvalidOrderError(_("Name the role that the case is about."))
    case = Case(
        reference=next_reference(provider),
        role=role.strip(),
        client=client,
        provider=provider,
        orderer=actor,
        coordinator=coordinator,
        state=CaseState.DRAFT,
        state_since=timezone.now(),
        due_on=timezone.localdate() + timedelta(days=DAYS_TO_BEGIN_WITH),
        language=actor.language,
    )
    case.full_clean()
    make_case_key(case)
    case.save()
    Order.objects.create(case=case)
    if earlier is not None:
        _take_over(case, earlier, reader=actor)
    CaseTransition.objects.create(
        case=case, source="", target=CaseState.DRAFT, actor=actor, at=selectors.state_since(case)
    )
    record_event(actor=actor, verb="order.begun", subject=case, case=case)
    return case


@transaction.atomic
def save_order(*, actor: Person, case: Case, fields: Mapping[str, Any]) -> Case:
    """Save some of the order's fields, by their names in `OF_CASE` and `OF_ORDER`.

    Raises ValidationError by field for what cannot stand; then nothing is saved.
    """
    fresh = _writable(actor, case)
    if unknown := set(fields) - OF_CASE - OF_ORDER:
        raise InvalidOrderError(f"An order has no {', '.join(sorted(unknown))}.")
    order, _is_new = Order.objects.get_or_create(case=fresh)
    if "bar" in fields and fields["bar"] != fresh.bar:
        editable_profile(fresh)  # what was approved under another bar is not what is written now
    if "why" in fields and fields["why"] != order.why:
        order.signed_by, order.signed_at = None, None
    for name, value in fields.items():
        setattr(fresh if name in OF_CASE else order, name, value)
    fresh.full_clean()
    order.full_clean()
    fresh.save(update_fields=sorted(OF_CASE))
    order.save()
    _saved(actor, fresh)
    return fresh


@transaction.atomic
def save_questions(*, actor: Person, case: Case, questions: Sequence[str]) -> None:
    """Put these open questions in place of those that were there."""
    fresh = _writable(actor, case)
    texts = [text.strip() for text in questions if text.strip()]
    fresh.open_questions.all().delete()
    OpenQuestion.objects.bulk_create(
        OpenQuestion(case=fresh, position=position, text=text)
        for position, text in enumerate(texts, start=1)
    )
    _saved(actor, fresh)


@transaction.atomic
def save_candidates(*, actor: Person, case: Case, entries: Sequence[CandidateEntry]) -> None:
    """Write the finalists by their place; a name taken out takes the finalist out.

    A finalist of an order that was sent once stays in it, with the belief sealed on them.
    """
    fresh = _writable(actor, case)
    _check_candidates(entries)
    there = {candidacy.position: candidacy for candidacy in fresh.candidacies.all()}
    kept = {position: entry for position, entry in enumerate(entries, start=1) if entry.name}
    for position, candidacy in there.items():
        if position not in kept:
            _take_out(candidacy)
    # Under names nobody has, so that two finalists can change places.
    for position in kept.keys() & there.keys():
        fresh.candidacies.filter(position=position).update(name=f"{there[position].pseudonym}")
    for position, entry in kept.items():
        candidacy = there.get(position) or Candidacy(case=fresh, position=position)
        candidacy.name, candidacy.email = entry.name, entry.email.strip().lower()
        candidacy.language = entry.language or fresh.language
        candidacy.full_clean()
        candidacy.save()
    _saved(actor, fresh)


@transaction.atomic
def submit_order(*, actor: Person, case: Case) -> Case:
    """Sign why, seal the beliefs, and send the order to the provider; all at once."""
    fresh = _locked_row(case)
    require(policies.may_submit_order(actor, fresh))
    lacking = [part.label for part, missing in selectors.missing_of(fresh).items() if missing]
    if lacking:
        raise InvalidOrderError(
            _("The order is not whole yet. Look at: %(parts)s. Nothing was sent.")
            % {"parts": ", ".join(map(str, lacking))}
        )
    sign_order(actor=actor, order=selectors.order_of(fresh))
    seal_beliefs(actor=actor, case=fresh)
    case.state = fresh.state
    moved = _move(case=case, target=CaseState.ORDERED, actor=actor)
    record_event(actor=actor, verb="case.ordered", subject=moved, case=moved)
    write_letter(case=moved, kind=LetterKind.ORDER_SENT, reader=moved.coordinator, author=actor)
    ask_deciders(actor=actor, case=moved)
    return moved


@transaction.atomic
def sign_why(*, actor: Person, case: Case, words: str) -> Order:
    """For an order that the coordinator entered: the orderer's own words, signed."""
    fresh = _locked_row(case)
    require(policies.may_sign_why(actor, fresh))
    if not words.strip():
        raise InvalidOrderError(_("Say in your own words why you want a second opinion."))
    order, _is_new = Order.objects.get_or_create(case=fresh)
    order.why = words.strip()
    return sign_order(actor=actor, order=order)


def sign_order(*, actor: Person, order: Order) -> Order:
    """Put the actor's name and the time under the words; the log gets their hash."""
    order.signed_by, order.signed_at = actor, timezone.now()
    order.save()
    record_event(
        actor=actor,
        verb="why.signed",
        subject=order.case,
        case=order.case,
        details={"sha256": content_hash({"why": order.why})},
    )
    return order


def _writable(actor: Person, case: Case) -> Case:
    fresh = _locked_row(case)
    require(policies.may_write_order(actor, fresh))
    return fresh


def _saved(actor: Person, case: Case) -> None:
    record_event(actor=actor, verb="order.saved", subject=case, case=case)


def _check_candidates(entries: Sequence[CandidateEntry]) -> None:
    names = [entry.name for entry in entries if entry.name]
    if len(entries) > MOST_CANDIDATES:
        raise InvalidOrderError(
            _("A case has one to %(most)s candidates, and this one has %(found)s.")
            % {"most": MOST_CANDIDATES, "found": len(names)}
        )
    if len(set(names)) < len(names):
        raise InvalidOrderError(_("Two candidates have the same name: tell them apart."))


def _take_out(candidacy: Candidacy) -> None:
    if selectors.is_belief_sealed(candidacy):
        raise InvalidOrderError(
            _(
                "%(candidate)s was in the order when it was sent and stays in it. "
                "If they have left, the coordinator can withdraw them once it is sent again."
            )
            % {"candidate": candidacy}
        )
    candidacy.delete()


def _take_over(case: Case, earlier: Case, *, reader: Person) -> None:
    """All that is not about people, from a case that the reader can see."""
    if not selectors.cases_visible_to(reader).filter(pk=earlier.pk).exists():
        raise InvalidOrderError(_("There is no such earlier case among those you can see."))
    for name in ("language", "scale_low", "scale_high", "bar", "price", "yearly_pay"):
        setattr(case, name, getattr(earlier, name))
    case.cost_of_wrong_hire, case.worked_out = earlier.cost_of_wrong_hire, earlier.worked_out
    case.save()
    source, order = selectors.order_of(earlier), selectors.order_of(case)
    for name in OF_ORDER - {"why", "how_chosen"}:
        setattr(order, name, getattr(source, name))
    order.save()
    OpenQuestion.objects.bulk_create(
        OpenQuestion(case=case, position=question.position, text=question.text)
        for question in earlier.open_questions.all()
    )
    for person in selectors.deciders_of(earlier):
        case.deciders.create(person=person)
    profile = selectors.locked_profile(earlier) or selectors.current_profile(earlier)
    if profile is not None:
        copy_profile(profile, into=case)
