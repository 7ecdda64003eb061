"""The interview guide of a case, for the report's chapter on method."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from second_opinion.ingest.case_file import CaseFile, GuideEntry
from second_opinion.instruments.writing.language_names import name_of_language
from second_opinion.reports.analysis import CaseAnalysis
from second_opinion.reports.writing import numbers
from second_opinion.reports.writing.blocks import Block, Fact, Facts, Heading, Paragraph


def interview_guide(case: CaseFile, analysis: CaseAnalysis) -> Iterator[Block]:
    """The guide, or that there is none; nothing where nobody was interviewed."""
    if not case.opinions:
        return
    yield Heading(level=3, text=_("The interview"), anchor="method-interview")
    if case.guide is None:
        yield Paragraph(text=_("No interview guide has been noted for this case."), tone="small")
        return
    yield Facts(items=tuple(_facts(case.guide, analysis)))


def _facts(guide: GuideEntry, analysis: CaseAnalysis) -> Iterator[Fact]:
    asked = ngettext(
        "%(number)d question, written out of the requirement profile.",
        "%(number)d questions, written out of the requirement profile.",
        guide.questions,
    )
    yield Fact(
        label=_("Interview guide"), text=f"{asked % {'number': guide.questions}} {_asked(guide)}"
    )
    if guide.language:
        yield Fact(label=_("Language"), text=name_of_language(guide.language))
    if guide.minutes:
        yield Fact(
            label=_("Time"),
            text=ngettext("%(number)d minute", "%(number)d minutes", guide.minutes)
            % {"number": guide.minutes},
        )
    if guide.fixed_on is not None:
        yield Fact(
            label=_("Fixed"),
            text=_("%(day)s; nobody could change it from then on.")
            % {"day": numbers.day(guide.fixed_on)},
        )
    if guide.seal:
        yield Fact(label=_("Version"), text=guide.seal)
    yield Fact(
        label=_("Reliability"),
        text=_("Two assessors of one candidate are taken to agree on the whole by %(agreement)s.")
        % {"agreement": numbers.points(analysis.agreement, decimals=2)},
    )


def _asked(guide: GuideEntry) -> str:
    if guide.core == guide.questions:
        return _("Every finalist is asked all of them.")
    core = ngettext(
        "%(number)d of them is asked of every finalist.",
        "%(number)d of them are asked of every finalist.",
        guide.core,
    )
    return core % {"number": guide.core}
