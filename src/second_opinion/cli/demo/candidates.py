"""The demo's candidates: reached by mail, told what it is about, and willing."""

from __future__ import annotations

import unicodedata

from django.utils import translation
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.candidates.selectors import notice_of
from second_opinion.candidates.services import acknowledge, send_notice, write_notice
from second_opinion.candidates.writing.notice import NoticeFacts, write_sections
from second_opinion.cases.models import Candidacy
from second_opinion.cases.selectors import criteria_of
from second_opinion.cases.services import enter_contact
from second_opinion.instruments.writing.giving import to_answer
from second_opinion.opinions.selectors import engagements_visible_to
from second_opinion.opinions.states import OpinionKind


def inform(candidacy: Candidacy, *, actor: Person) -> None:
    """Send the notice, and let the candidate read it."""
    tell(candidacy, actor=actor)
    notice = notice_of(candidacy)
    if notice is None:
        raise RuntimeError(f"{candidacy} has been sent no notice.")
    acknowledge(candidacy=candidacy, notice=notice)


def tell(candidacy: Candidacy, *, actor: Person) -> None:
    """Write the notice out of the order, and send it."""
    enter_contact(actor=actor, candidacy=candidacy, email=_address(candidacy.name))
    engaged = engagements_visible_to(actor, case=candidacy.case)
    facts = NoticeFacts(
        candidacy=candidacy,
        criteria=list(criteria_of(candidacy.case)),
        words=_why(candidacy),
        assessors=[
            each.assessor
            for each in engaged
            if each.candidate == candidacy.name and each.kind != OpinionKind.FIRST
        ],
        questionnaires=to_answer(candidacy),
    )
    language = candidacy.language
    sections = write_sections(facts, language=language)
    write_notice(actor=actor, candidacy=candidacy, sections=sections, language=language)
    send_notice(actor=actor, candidacy=candidacy)


def _why(candidacy: Candidacy) -> str:
    with translation.override(candidacy.language):
        return _(
            "We want to choose with care, and we know this role only from inside. Somebody who "
            "does not work here sees what we do not."
        )


def _address(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return ".".join(plain.split()) + "@example.com"
