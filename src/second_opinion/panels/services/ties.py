"""Declaring what ties two parties, and deciding on what was found."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Organisation, Person
from second_opinion.accounts.policies import require
from second_opinion.audit.services import encrypt, record_event
from second_opinion.cases.models import Candidacy, Case
from second_opinion.panels import analysis, policies
from second_opinion.panels.analysis import Around, Conflict
from second_opinion.panels.errors import RulingError, TieError
from second_opinion.panels.models import Party, Ruling, Tie, TieRule
from second_opinion.panels.states import Ending, RulingOutcome, Source, TieKind

LONGEST_REASON = 2000
FURTHEST_BACK = 30  # years
LONGEST_CHAIN = 3
LONGEST_DOCUMENT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Somebody who has no account here, or a firm, by what is known of them."""

    name: str
    is_firm: bool = False
    former_names: str = ""
    mail: str = ""
    registry_number: str = ""


End = Person | Organisation | Candidacy | Named


@transaction.atomic
def declare_tie(
    *,
    actor: Person,
    provider: Organisation,
    one: End,
    other: End,
    kind: TieKind,
    ending: Ending,
    began_on: date | None = None,
    ended_on: date | None = None,
    source: Source,
    document: str = "",
) -> Tie:
    """Add to a provider's register what ties two parties; it counts from now on.

    began_on : where that is known; document : what shows it
    """
    require(policies.may_declare(actor, provider))
    require(policies.may_speak_for(actor, provider, source))
    if source == Source.ASSESSOR and actor not in (one, other):
        raise TieError(_("Declare your own ties here. Nothing was saved."))
    check_days(ending, began_on, ended_on)
    tie = Tie.objects.create(
        provider=provider,
        one=party_of(provider, one),
        other=party_of(provider, other),
        kind=TieKind(kind),
        ending=Ending(ending),
        began_on=began_on,
        ended_on=ended_on,
        source=Source(source),
        document=document.strip()[:LONGEST_DOCUMENT],
        author=actor,
    )
    record_event(
        actor=actor,
        verb="tie.declared",
        subject=tie,
        case=None,
        details={"kind": tie.kind, "source": tie.source, "ending": tie.ending},
    )
    return tie


@transaction.atomic
def rule_on_conflict(
    *,
    actor: Person,
    case: Case,
    assessor: Person,
    finding: str,
    outcome: RulingOutcome,
    reason: str,
    around: Around,
) -> Ruling:
    """Decide on one finding, signed in and for good; no later ruling undoes it."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    require(policies.may_decide_ties(actor, case))
    conflict = _found(case, assessor, finding, around)
    is_question = conflict.verdict is analysis.QUESTION
    require(policies.may_rule(actor, case, assessor, is_question=is_question))
    _check_ruling(conflict, outcome, reason)
    ruling = Ruling(
        case=case, assessor=assessor, finding=finding, outcome=RulingOutcome(outcome), author=actor
    )
    ruling.reason = encrypt(reason.strip()[:LONGEST_REASON].encode(), case=case, label=ruling.label)
    ruling.save()
    record_event(
        actor=actor,
        verb="conflict.ruled",
        subject=ruling,
        case=case,
        details={
            "assessor": assessor.pseudonym,
            "finding": finding,
            "outcome": ruling.outcome,
        },
    )
    return ruling


@transaction.atomic
def set_tie_rule(*, actor: Person, provider: Organisation, longest: int, years: int) -> TieRule:
    """How long chains are, and how many years back, from now on and in cases under way."""
    require(policies.may_set_rule(actor, provider))
    if not (1 <= longest <= LONGEST_CHAIN and 1 <= years <= FURTHEST_BACK):
        raise TieError(
            _("A chain has 1 to %(chain)s ties, and we look 1 to %(years)s years back.")
            % {"chain": LONGEST_CHAIN, "years": FURTHEST_BACK}
        )
    rule = TieRule.objects.create(provider=provider, longest=longest, years=years, author=actor)
    record_event(
        actor=actor,
        verb="tie_rule.set",
        subject=rule,
        case=None,
        details={"provider": provider.pseudonym, "longest": longest, "years": years},
    )
    return rule


def party_of(provider: Organisation, end: End) -> Party:
    if isinstance(end, Named):
        if not end.name.strip():
            raise TieError(_("Write the name of the person or firm. Nothing was saved."))
        return Party.objects.create(
            provider=provider,
            name=end.name.strip()[:200],
            is_firm=end.is_firm,
            former_names=end.former_names.strip()[:200],
            mail=end.mail.strip().lower()[:254],
            registry_number=end.registry_number.strip()[:40],
        )
    link = {Person: "person", Organisation: "organisation", Candidacy: "candidacy"}
    name = next(name for model, name in link.items() if isinstance(end, model))
    party, _is_new = Party.objects.get_or_create(
        provider=provider, defaults={"is_firm": name == "organisation"}, **{f"{name}_id": end.pk}
    )
    return party


def check_days(ending: Ending, began_on: date | None, ended_on: date | None) -> None:
    if (ending == Ending.ENDED) is not (ended_on is not None):
        raise TieError(_("Say on which day it ended, and only if it has. Nothing was saved."))
    if ended_on is not None and ended_on > timezone.localdate():
        raise TieError(_("What has ended, ended today or earlier. Nothing was saved."))
    if began_on is not None and began_on > timezone.localdate():
        raise TieError(_("What ties began today or earlier. Nothing was saved."))
    if began_on is not None and ended_on is not None and began_on > ended_on:
        raise TieError(_("It cannot have begun after it ended. Nothing was saved."))


def _found(case: Case, assessor: Person, finding: str, around: Around) -> Conflict:
    for conflict in analysis.conflicts_of(case, [assessor], around=around):
        if conflict.key == finding:
            return conflict
    raise RulingError(_("This is not what is found any more. Look at it once more."))


def _check_ruling(conflict: Conflict, outcome: RulingOutcome, reason: str) -> None:
    if conflict.ruling is not None:
        raise RulingError(
            _("That was decided before, and a decision stands: nobody can take it back.")
        )
    if not reason.strip():
        raise RulingError(_("Say why: whoever asks later will want to know. Nothing was decided."))
    if outcome == RulingOutcome.CLEARED and not conflict.can_be_cleared:
        if conflict.verdict is analysis.UNDATED:
            raise RulingError(
                _("Nobody has said whether it has ended. That has to be declared first.")
            )
        raise RulingError(_("A tie as close as this one cannot be cleared: ask somebody else."))
