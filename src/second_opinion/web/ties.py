"""What ties an assessor to a side of a case, in words: one sentence for each link of a chain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from second_opinion.library.directions import isolated
from second_opinion.panels.analysis import CONFLICT, QUESTION, UNDATED, Conflict, Step
from second_opinion.panels.models import Tie
from second_opinion.panels.states import Ending, FoundTie, Side, Source, TieKind

WORDS = {
    TieKind.EMPLOYMENT: gettext_lazy("%(one)s and %(other)s: employment"),
    TieKind.REPORTING_LINE: gettext_lazy("%(one)s and %(other)s: one reports to the other"),
    TieKind.OWNERSHIP: gettext_lazy(
        "%(one)s and %(other)s: ownership, a seat on the board, or a fee"
    ),
    TieKind.FAMILY: gettext_lazy("%(one)s and %(other)s: family or close friends"),
    TieKind.CO_FOUNDER: gettext_lazy("%(one)s and %(other)s founded a firm together"),
    TieKind.REFEREE: gettext_lazy("%(one)s and %(other)s: one is the other’s referee"),
    TieKind.REFERRED_BY: gettext_lazy("%(one)s and %(other)s: one recommended the other"),
    TieKind.PLACED_BY: gettext_lazy(
        "%(one)s and %(other)s: one placed the other, or people there, in a job"
    ),
    TieKind.RIVAL: gettext_lazy("%(one)s and %(other)s are rivals for the same job"),
    TieKind.TRAINED_BY: gettext_lazy("%(one)s and %(other)s: one trained or supervised the other"),
    TieKind.EACH_OTHERS_CASES: gettext_lazy("%(one)s and %(other)s assess in each other’s cases"),
    FoundTie.BUYS_FROM: gettext_lazy("%(one)s orders assessments from %(other)s"),
    FoundTie.CANDIDATE_AT: gettext_lazy("%(one)s has been a candidate at %(other)s"),
    FoundTie.MAIL_DOMAIN: gettext_lazy("%(one)s has a mail address at %(other)s"),
}
TITLES = {
    CONFLICT: gettext_lazy("A tie to %(target)s"),
    UNDATED: gettext_lazy("A tie to %(target)s, and nobody has said whether it has ended"),
    QUESTION: gettext_lazy("A question about %(target)s"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A conflict in words: title, the side it is about, and each link."""

    conflict: Conflict
    title: str
    side: str
    lines: tuple[str, ...]


def told(conflict: Conflict) -> Told:
    side = {
        Side.CANDIDATE: _("a candidate"),
        Side.CLIENT: _("the client"),
        Side.FIRST_ASSESSOR: _("who gives the client’s own opinion"),
    }[conflict.side]
    steps = (step for step in conflict.steps if not _says_nothing(step))
    lines = tuple(line_of(step) for step in steps) or (
        _("%(person)s stands on both sides.") % {"person": conflict.assessor},
    )
    title = str(TITLES[conflict.verdict]) % {"target": isolated(str(conflict.target))}
    return Told(conflict, title, side, lines)


def _says_nothing(step: Step) -> bool:
    """That two entries of one firm with one name are one needs no line of its own."""
    return step.kind is None and step.is_certain and step.one == step.other


def line_of(step: Step) -> str:
    names = {"one": isolated(str(step.one)), "other": isolated(str(step.other))}
    if step.kind is None:
        if step.is_certain:
            return _("%(one)s and %(other)s are entries of the same one.") % names
        return _("Is %(one)s the same as %(other)s? The names are alike.") % names
    return _in_full(str(WORDS[step.kind]) % names, step)


def line_of_tie(tie: Tie) -> str:
    names = {"one": isolated(str(tie.one)), "other": isolated(str(tie.other))}
    words = str(WORDS[TieKind(tie.kind)]) % names
    return _in_full(words, tie)


def says_so(tie: Tie) -> str:
    """Who has declared it, and when."""
    return _("Said by %(source)s, on %(day)s.") % {
        "source": Source(tie.source).label,
        "day": date_format(timezone.localtime(tie.at), "j F Y"),
    }


def _in_full(words: str, tie: Step | Tie) -> str:
    """How long it lasted, and what shows it."""
    dated = _with_ending(words, Ending(tie.ending), tie.ended_on, tie.began_on)
    if not tie.document:
        return dated
    return _("%(sentence)s Shown by: %(document)s.") % {
        "sentence": dated,
        "document": isolated(tie.document.removesuffix(".")),
    }


def _with_ending(words: str, ending: Ending, ended_on: date | None, began_on: date | None) -> str:
    if began_on is not None and ended_on is not None:
        return _("%(tie)s, from %(first)s until %(last)s.") % {
            "tie": words,
            "first": date_format(began_on, "j F Y"),
            "last": date_format(ended_on, "j F Y"),
        }
    if began_on is not None:
        words = _("%(tie)s, since %(day)s") % {
            "tie": words,
            "day": date_format(began_on, "j F Y"),
        }
    if ended_on is not None:
        return _("%(tie)s, until %(day)s.") % {
            "tie": words,
            "day": date_format(ended_on, "j F Y"),
        }
    if ending == Ending.UNKNOWN:
        return _("%(tie)s; nobody has said whether that has ended.") % {"tie": words}
    return _("%(tie)s.") % {"tie": words}
