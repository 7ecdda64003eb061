"""The notice: all that a candidate must be told before anything is assessed.

Complete under articles 13 and 14 of the GDPR: who is responsible, purpose, legal ground, source
and kinds of data, recipients, retention, rights, complaint, and how figures come about.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from second_opinion.candidates.selectors import Section
from second_opinion.cases.models import Candidacy, Criterion
from second_opinion.cases.selectors import PlannedDates

READ, INTERVIEW, REPORT, FEEDBACK, EXPERIENCE = 10, 90, 30, 30, 5  # minutes
KEPT_MONTHS = 24  # after the decision

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


@dataclass(frozen=True, slots=True, kw_only=True)
class ToAnswer:
    """A questionnaire that the candidate is asked to answer: what it is about, in their words."""

    name: str
    minutes: int
    measures: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeFacts:
    """What a notice is generated from.

    words : why a second opinion, in the orderer's own words; empty while they have not said it
    assessors : names of those who are engaged on this candidate, without the client's own
    most_minutes : what the order allows to be asked of the candidate
    preview : what the role is really like, in the client's words; empty where it has not said
    how_chosen : how the finalists were found and chosen, likewise
    reads_first : whether the candidate reads the report before the client does
    dates : when the report and the reply are planned
    questionnaires : that this candidate is asked to answer
    asks_to_count : whether they are then asked, apart, if their scores may be counted in norms
    """

    candidacy: Candidacy
    criteria: Sequence[Criterion]
    words: str
    assessors: Sequence[str] = ()
    interview_minutes: int = INTERVIEW  # 0 where instruments alone measure
    most_minutes: int = 240
    preview: str = ""
    how_chosen: str = ""
    reads_first: bool = True
    dates: PlannedDates | None = None
    questionnaires: Sequence[ToAnswer] = ()
    asks_to_count: bool = False


def write_sections(facts: NoticeFacts, *, language: str) -> tuple[Section, ...]:
    """The notice, generated; the coordinator may change it before it is sent."""
    with translation.override(language):
        texts = {
            "why": (_("Why we write to you"), _why()),
            "words": (_("In %(orderer)s’s own words"), facts.words.strip()),
            "who": (_("Who assesses you, and how they were chosen"), _who(facts)),
            "steps": (_("What you do, and how long it takes"), _steps(facts)),
            "measured": (_("What is assessed, and how much it weighs"), _measured(facts)),
            "figures": (_("How the result comes about"), _figures(facts)),
            "sees": (_("Who sees what, and when"), _sees(facts)),
            "no": (_("If you would rather not"), _no()),
            "data": (_("Your personal data"), _data(facts)),
            "rights": (_("Your rights"), _rights()),
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


def _who(facts: NoticeFacts) -> str:
    if not facts.interview_minutes and not facts.assessors:
        return _(
            "Nobody interviews you here: tests, work samples or references measure what the role "
            "requires. %(coordinator)s at %(provider)s answers for them. Those who rate a work "
            "sample do it apart from each other, and have nothing to gain from the outcome."
        )
    named = (
        _("%(assessors)s will assess you for %(provider)s.")
        if facts.assessors
        else _("We tell you by name who will assess you, before you meet.")
    )
    return f"{named}\n\n" + _(
        "Assessors are chosen because they know what the role requires. They have no ties to you, "
        "and nothing to gain from the outcome.\n\n"
        "Do you know the person, or is there another reason why they should not assess you? Tell "
        "us, and we choose somebody else."
    )


def _steps(facts: NoticeFacts) -> str:
    steps = [
        (_("You read this, and say that you have"), READ),
        *(
            (
                _("You answer a questionnaire on your page (%(name)s)") % {"name": each.name},
                each.minutes,
            )
            for each in facts.questionnaires
        ),
        *([(_("You are interviewed"), facts.interview_minutes)] if facts.interview_minutes else []),
        (_("You read the report, and comment if you like"), REPORT),
        (_("We talk about the result, if you like"), FEEDBACK),
        (_("You tell us how you were treated, if you like"), EXPERIENCE),
    ]
    listed = "\n".join(
        "- " + _("%(what)s: %(minutes)s minutes") % {"what": what, "minutes": minutes}
        for what, minutes in steps
    )
    total = (
        _(
            "In all it takes about %(total)s minutes, and never more than %(most)s. You choose the "
            "time of the interview on your page."
        )
        if facts.interview_minutes
        else _(
            "Beside the tests it takes about %(total)s minutes, and with them never more than "
            "%(most)s. We tell you of each test before you take it."
        )
    ) % {"total": sum(minutes for _what, minutes in steps), "most": facts.most_minutes}
    return "\n\n".join([listed, total, *_when(facts.dates)])


def _when(dates: PlannedDates | None) -> list[str]:
    if dates is None:
        return []
    return [
        _(
            "As planned, all assessments are done by %(read)s. That day you can read your report. "
            "You can comment until %(reply)s at 24:00. The client reads the report on %(client)s. "
            "Your page shows if a day changes."
        )
        % {
            "read": _day(dates.candidates_read_on),
            "reply": _day(dates.replies_until),
            "client": _day(dates.client_reads_on),
        }
    ]


def _day(day: date) -> str:
    return date_format(day, "l j F Y", use_l10n=False)


def _measured(facts: NoticeFacts) -> str:
    begins = _("Everybody is assessed on the same criteria. They were fixed beforehand.")
    listed = "\n".join(f"- {_criterion(criterion)}" for criterion in facts.criteria)
    return "\n\n".join([begins, listed, *map(_questionnaire, facts.questionnaires)])


def _questionnaire(each: ToAnswer) -> str:
    """What it is about, and what becomes of the answers."""
    about = "\n".join(f"- {measures}" for measures in each.measures)
    begins = _("You also answer %(name)s. It is about:") % {"name": each.name}
    ends = _(
        "There is no right or wrong, and no time limit. Your answers give the assessors questions "
        "to ask you. They also count a little beside the assessors’ ratings, and nobody passes or "
        "fails by them. Only the assessors read what you answer to each statement."
    )
    return f"{begins}\n\n{about}\n\n{ends}"


def _criterion(criterion: Criterion) -> str:
    named = _("%(criterion)s, weight %(weight)s percent") % {
        "criterion": criterion.name,
        "weight": f"{criterion.weight:g}",
    }
    definition = " ".join(criterion.definition.split())
    return f"{named}. {definition}" if definition else named


def _figures(facts: NoticeFacts) -> str:
    if not facts.interview_minutes and not facts.assessors:
        return _(
            "Each test, work sample or reference is put on the scale of its criterion, with how "
            "sure it is.\n\n"
            "The results are then put together by a rule that was fixed beforehand, with the "
            "weights above. The program that computes it is open, so that anybody can check it."
            "\n\n"
            "No decision about you is made by a machine. %(client)s decides itself, and writes "
            "down its own reasons."
        )
    return _(
        "The assessors rate each criterion by what you say and do. They write down what each "
        "rating rests on. They work apart: none sees another’s ratings before all are done.\n\n"
        "The ratings are then put together by a rule that was fixed beforehand, with the weights "
        "above. Each result shows how sure it is. The program that computes it is open, so that "
        "anybody can check it.\n\n"
        "No decision about you is made by a machine. %(client)s decides itself, and writes down "
        "its own reasons."
    )


def _sees(facts: NoticeFacts) -> str:
    return f"{_order_of_reading(facts)}\n" + _(
        "- The assessors see what you send us. They do not see each other’s ratings before all "
        "are done.\n"
        "- %(coordinator)s at %(provider)s runs the case, and sees what you write here.\n"
        "- Do you need an adjustment? Only the coordinator learns why. %(client)s learns nothing "
        "of it."
    )


def _order_of_reading(facts: NoticeFacts) -> str:
    if facts.reads_first:
        return _(
            "- You read the report first. Then you have two working days to correct facts and to "
            "comment.\n"
            "- After that those who decide at %(client)s read the report, with your comment."
        )
    return _(
        "- You and those who decide at %(client)s can read the report at the same time.\n"
        "- You have two working days to correct facts and to comment. What you write is put with "
        "the report."
    )


def _no() -> str:
    return _(
        "You choose whether to take part. You can say no, or withdraw later, on your page. You "
        "need not say why.\n\n"
        "Then you are not assessed any further. %(client)s is told that you have withdrawn, and "
        "nothing else. It decides on what it knows already."
    )


def _data(facts: NoticeFacts) -> str:
    text = _(
        "%(client)s and %(provider)s are responsible for your personal data, each for its own "
        "part.\n\n"
        "- Purpose: to give %(client)s a fair and independent ground for its decision.\n"
        "- Legal ground: legitimate interest, article 6.1 f of the GDPR. The interest is to "
        "choose on good grounds, and to treat candidates alike.\n"
        "- Data: your name and address, your application, what you say and do in the assessment, "
        "the ratings, and what you send us.\n"
        "- Source: %(client)s gave us your name, your address and your application. The rest "
        "comes from you and from the assessors.\n"
        "- Recipients: those named under “Who sees what”, and those who run our servers on our "
        "behalf. Your data stay within the EU and the EEA.\n"
        "- Kept: until %(months)s months after the decision. Then they are erased.\n\n"
        "You need not give us any data. But without them there can be no assessment."
    )
    return f"{text}\n\n{_counted()}" if facts.asks_to_count and facts.questionnaires else text


def _counted() -> str:
    return _(
        "When you have sent in a questionnaire, we ask if your scores may be counted in the "
        "comparison figures of %(provider)s. That is a question of its own. It rests on your "
        "consent, article 6.1 a of the GDPR. You can say no, and it changes nothing for you. You "
        "can take back a yes on your page. Where there are such figures, your report says how your "
        "own scores compare, whatever you choose."
    )


def _rights() -> str:
    return _(
        "You have the right to\n\n"
        "- see your data, and get a copy of them\n"
        "- have what is wrong corrected, and what is missing added\n"
        "- object to how your data are used, and have the use restricted\n"
        "- have your data erased when they are no longer needed.\n\n"
        "Write to us, and you get an answer within a month. If you think that we do wrong, you "
        "can complain to the Swedish Authority for Privacy Protection (IMY), imy.se."
    )


def _contact() -> str:
    return _(
        "%(coordinator)s at %(provider)s answers questions about the assessment and about your "
        "data. Ask on your page, or write to %(email)s.\n\n"
        "%(orderer)s answers for %(client)s."
    )
