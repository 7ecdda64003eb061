"""What options, figures and sources are called on the screen."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from second_opinion.reports.analysis.worth import (
    AdviceKind,
    Assumed,
    Figure,
    OptionKind,
    OptionWorth,
    Source,
)


def option(worth: OptionWorth) -> str:
    """One option; a look at one criterion carries the criterion's name."""
    if worth.kind is OptionKind.ONE_CRITERION:
        return _("A look at %(criterion)s only") % {"criterion": worth.name}
    return {
        OptionKind.SECOND_OPINION: _("A second opinion as ordered"),
        OptionKind.INDEPENDENT_ASSESSOR: _("A second opinion from somebody independent"),
        OptionKind.OWN_INTERVIEW: _("Interview once more yourselves, with our guide"),
        OptionKind.REFERENCES: _("Take references"),
        OptionKind.TESTS: _("Tests only"),
    }[worth.kind]


def advice(kind: AdviceKind) -> str:
    """The advice in a table."""
    return {
        AdviceKind.ORDER: _("order"),
        AdviceKind.DO_NOT_ORDER: _("do not order"),
        AdviceKind.ASK_SOMEONE_INDEPENDENT: _("ask somebody independent"),
        AdviceKind.LOOK_AT_ONE_CRITERION: _("look at one criterion"),
        AdviceKind.DO_SOMETHING_CHEAPER: _("do something cheaper"),
    }[kind]


def figure(varied: Figure) -> str:
    """What was varied, at the head of a row."""
    return {
        Figure.STAKES: _("What is at stake"),
        Figure.BASE_RATE: _("How many work out without us"),
        Figure.VALIDITY: _("How well assessments foretell performance"),
        Figure.SELECTION_BEFORE: _("How alike the finalists are"),
        Figure.SURENESS: _("How good your first opinion is of the candidate"),
        Figure.RELIABILITY: _("How reliable the second opinion is"),
        Figure.DEPENDENCE: _("How much the two assessors err alike"),
        Figure.PRICE: _("The price"),
    }[varied]


def in_running_text(varied: Figure) -> str:
    """The same inside a sentence."""
    return {
        Figure.STAKES: pgettext("depends on", "what is at stake"),
        Figure.BASE_RATE: pgettext("depends on", "how many work out without us"),
        Figure.VALIDITY: pgettext("depends on", "how well assessments foretell performance"),
        Figure.SELECTION_BEFORE: pgettext("depends on", "how alike the finalists are"),
        Figure.SURENESS: pgettext("depends on", "how good your first opinion is of the candidate"),
        Figure.RELIABILITY: pgettext("depends on", "how reliable the second opinion is"),
        Figure.DEPENDENCE: pgettext("depends on", "how much the two assessors err alike"),
        Figure.PRICE: pgettext("depends on", "the price"),
    }[varied]


def assumed(name: Assumed) -> str:
    """What an assumption is about."""
    return {
        Assumed.SLOPE: _("Worth of one standard deviation of performance"),
        Assumed.BASE_RATE: _("Share of hires that work out without us"),
        Assumed.VALIDITY: _("Validity of a perfectly reliable assessment"),
        Assumed.SD_RATIO: _("Spread of finalists, of applicants' spread"),
        Assumed.RELIABILITY: _("Reliability of one second opinion"),
        Assumed.DEPENDENCE: _("Correlation of its error with the first opinion's"),
        Assumed.FIRST_RELIABILITY: _("Reliability of the first opinion"),
        Assumed.TYPICAL_SURENESS: _("What orderers usually answer, of ten"),
        Assumed.OWN_INTERVIEW_DEPENDENCE: _("The same correlation for your own interview"),
        Assumed.OWN_INTERVIEW_PRICE: _("Price of your own interview"),
        Assumed.REFERENCES_PRICE: _("Price of references"),
        Assumed.TESTS_PRICE: _("Price of tests"),
        Assumed.ONE_CRITERION_PRICE: _("Price of a look at one criterion"),
        Assumed.DAYS: _("Days that a second opinion takes"),
    }[name]


def source(words: str) -> str:
    """Where a figure comes from; a publication is cited as it is."""
    return {
        Source.STATED.value: _("stated in the order"),
        Source.ASSUMED.value: _("planning assumption"),
    }.get(words, words)
