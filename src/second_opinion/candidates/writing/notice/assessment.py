"""What is done: who assesses, in which steps, on what, and how a result comes about."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from second_opinion.candidates.writing.notice.facts import (
    EXPERIENCE,
    FEEDBACK,
    READ,
    REPORT,
    NoticeFacts,
    ToAnswer,
)
from second_opinion.cases.models import Criterion
from second_opinion.cases.selectors import PlannedDates
from second_opinion.cases.writing.figures import figure


def who(facts: NoticeFacts) -> str:
    """Those who assess, by name where it is known, and why they were chosen."""
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


def steps_and_minutes(facts: NoticeFacts) -> str:
    """Each step with its minutes, their sum, and the planned days."""
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


def measured(facts: NoticeFacts) -> str:
    """The criteria with their weights, then what each questionnaire is about."""
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
        "weight": figure(criterion.weight),
    }
    definition = " ".join(criterion.definition.split())
    return f"{named}. {definition}" if definition else named


def figures(facts: NoticeFacts) -> str:
    """The rule in plain words, and that no machine decides."""
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
