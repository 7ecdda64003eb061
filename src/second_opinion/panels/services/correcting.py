"""A tie is corrected: a new version, that keeps what was decided on it unless it says more."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import require
from second_opinion.audit.services import record_event
from second_opinion.panels import policies
from second_opinion.panels.analysis.corrections import is_one_spelling, says_no_more
from second_opinion.panels.errors import TieError
from second_opinion.panels.models import Party, Tie
from second_opinion.panels.services.ties import LONGEST_DOCUMENT, LONGEST_REASON, check_days
from second_opinion.panels.states import Ending


@transaction.atomic
def correct_tie(
    *,
    actor: Person,
    tie: Tie,
    reason: str,
    ending: Ending,
    began_on: date | None = None,
    ended_on: date | None = None,
    document: str = "",
    name: str = "",
    is_mistaken: bool = False,
) -> Tie:
    """Put a new version in a tie's place: how long it lasted and what shows it, or never was.

    The whole of it: a beginning or a document that is left out is not known any more. What was
    decided on findings with it stands where it says no more than before, and is asked anew where
    it does; the log says which.

    name : how whoever has no account here is spelt; empty where that stays
    """
    tie = Tie.objects.select_for_update(of=("self",)).get(pk=tie.pk)
    require(policies.may_correct(actor, tie))
    if hasattr(tie, "replaced_by"):
        raise TieError(_("It has been corrected in the meantime. Look at it once more."))
    if not reason.strip():
        raise TieError(_("Say what was wrong, or what has changed. Nothing was saved."))
    check_days(ending, began_on, ended_on)
    corrected = Tie(
        provider=tie.provider,
        one=tie.one,
        other=_respelt(tie.other, name),
        kind=tie.kind,
        ending=Ending(ending),
        began_on=began_on,
        ended_on=ended_on,
        source=tie.source,
        document=document.strip()[:LONGEST_DOCUMENT],
        told_in=tie.told_in,
        author=actor,
        replaces=tie,
        is_mistaken=is_mistaken,
        reason=reason.strip()[:LONGEST_REASON],
    )
    is_same_end = _entry(corrected.other) == _entry(tie.other)
    if is_same_end and says_no_more(tie, corrected):
        corrected.stands_for = tie.stands_for or tie
    corrected.save()
    record_event(
        actor=actor,
        verb="tie.corrected",
        subject=corrected,
        case=None,
        details={
            "replaces": tie.pseudonym,
            "ending": corrected.ending,
            "mistaken": is_mistaken,
            "keeps_decisions": corrected.stands_for is not None,
        },
    )
    return corrected


def _respelt(party: Party, name: str) -> Party:
    """The entry itself, or one that spells it otherwise; who has an account is spelt there."""
    name = name.strip()[:200]
    if not name or name == party.name or not party.is_named_here:
        return party
    is_one = is_one_spelling(party, name)
    return Party.objects.create(
        provider=party.provider,
        is_firm=party.is_firm,
        name=name,
        former_names=party.former_names,
        mail=party.mail,
        registry_number=party.registry_number,
        respells=(party.respells or party) if is_one else None,
    )


def _entry(party: Party) -> int:
    return party.respells_id or party.pk
