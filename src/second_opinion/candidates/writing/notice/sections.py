"""A whole notice, section by section, with its names filled in."""

from django.utils import translation
from django.utils.translation import gettext as _

from second_opinion.candidates.selectors import Section
from second_opinion.candidates.writing.notice.assessment import (
    figures,
    measured,
    steps_and_minutes,
    who,
)
from second_opinion.candidates.writing.notice.facts import KEPT_MONTHS, NoticeFacts
from second_opinion.candidates.writing.notice.rights import (
    personal_data,
    rights,
    saying_no,
    who_sees,
)

# A notice that says nothing under one of these keys cannot be sent.
KEYS = (
    "why",
    "words",
    "who",
    "steps",
    "measured",
    "figures",
    "sees",
    "no",
    "data",
    "rights",
    "contact",
)


def write_sections(facts: NoticeFacts, *, language: str) -> tuple[Section, ...]:
    """The notice, generated; the coordinator may change it before it is sent."""
    with translation.override(language):
        texts = {
            "why": (_("Why we write to you"), _why()),
            "words": (_("In %(orderer)s’s own words"), facts.words.strip()),
            "who": (_("Who assesses you, and how they were chosen"), who(facts)),
            "steps": (_("What you do, and how long it takes"), steps_and_minutes(facts)),
            "measured": (_("What is assessed, and how much it weighs"), measured(facts)),
            "figures": (_("How the result comes about"), figures(facts)),
            "sees": (_("Who sees what, and when"), who_sees(facts)),
            "no": (_("If you would rather not"), saying_no()),
            "data": (_("Your personal data"), personal_data(facts)),
            "rights": (_("Your rights"), rights()),
            "contact": (_("Whom you can ask"), _contact()),
        }
        names = _names(facts)
        return tuple(
            Section(key=key, heading=texts[key][0] % names, text=_filled(key, texts, names, facts))
            for key in KEYS
        )


def _filled(
    key: str, texts: dict[str, tuple[str, str]], names: dict[str, str], facts: NoticeFacts
) -> str:
    """The text with its names; what others wrote goes in as it is, with any sign in it."""
    text = texts[key][1]
    if key in {"words", "measured"}:
        return text
    text = text % names
    return text + _in_the_clients_words(facts, names) if key == "why" else text


def _in_the_clients_words(facts: NoticeFacts, names: dict[str, str]) -> str:
    """What the client has said of the role and of its choice so far, each with who says it."""
    role = _("This is what the role is like, in the words of %(client)s:") % names
    chosen = _("This is how the last candidates were chosen, in the words of %(client)s:") % names
    said = [(role, facts.preview.strip()), (chosen, facts.how_chosen.strip())]
    return "".join(f"\n\n{begins}\n\n{words}" for begins, words in said if words)


def _names(facts: NoticeFacts) -> dict[str, str]:
    case = facts.candidacy.case
    return {
        "role": case.role,
        "client": case.client.name,
        "provider": case.provider.name,
        "orderer": case.orderer.name,
        "coordinator": case.coordinator.name,
        "email": case.coordinator.email,
        "assessors": ", ".join(dict.fromkeys(facts.assessors)),
        "months": str(KEPT_MONTHS),
    }


def _why() -> str:
    return _(
        "You are one of the last candidates for the role %(role)s at %(client)s.\n\n"
        "%(orderer)s at %(client)s has asked %(provider)s for a second opinion. It is an "
        "independent assessment before the decision. All remaining candidates get the same one. "
        "For you it is one more chance to show what you can do."
    )


def _contact() -> str:
    return _(
        "%(coordinator)s at %(provider)s answers questions about the assessment and about your "
        "data. Ask on your page, or write to %(email)s.\n\n"
        "%(orderer)s answers for %(client)s."
    )
