"""What opinions, people and conclusions are called in a report."""

from __future__ import annotations

import dataclasses
import unicodedata

from django.utils.translation import gettext as _

from second_opinion.ingest.case_file import (
    CaseFile,
    Connection,
    InstrumentKind,
    OpinionEntry,
    OpinionKind,
)
from second_opinion.reports.analysis import Conclusion
from second_opinion.reports.writing.characters import cleaned, every_text
from second_opinion.reports.writing.document import ReportDocument


def person(name: str) -> str:
    """A name as it stands, or a stand-in where there is nothing to see."""
    is_visible = any(
        unicodedata.category(character) not in ("Cc", "Cf", "Zs", "Zl", "Zp") for character in name
    )
    return name if is_visible else _("(no name)")


def from_the_right(case: CaseFile) -> tuple[str, ...]:
    """Names in the case that run from the right, the longest first."""
    found = {
        *case.candidates,
        *(opinion.assessor for opinion in case.opinions),
        *(instrument.used.used_by for instrument in case.instruments),
        *(case.author, case.client, case.provider, case.commission.orderer),
    }
    turned = {cleaned(name).strip() for name in found if _runs_from_right(name)}
    return tuple(sorted(turned, key=len, reverse=True))


def with_names_apart(document: ReportDocument, case: CaseFile) -> ReportDocument:
    """The document with its own names that run from the right, and none that it does not hold."""
    text = "\n".join(every_text(document))
    held = tuple(name for name in from_the_right(case) if name in text)
    return dataclasses.replace(document, isolated=held)


def _runs_from_right(name: str) -> bool:
    return any(unicodedata.bidirectional(character) in ("R", "AL") for character in name)


def of_opinion(kind: OpinionKind) -> str:
    """Whose opinion it is, as a noun phrase."""
    return {
        OpinionKind.FIRST: _("first opinion"),
        OpinionKind.SECOND: _("second opinion"),
        OpinionKind.THIRD: _("third opinion"),
    }[kind]


def short_of_opinions(opinions: tuple[OpinionEntry, ...]) -> tuple[str, ...]:
    """A word for each opinion that fits beside its dot; numbered where a kind occurs twice."""
    words = {
        OpinionKind.FIRST: _("first"),
        OpinionKind.SECOND: _("second"),
        OpinionKind.THIRD: _("third"),
    }
    kinds = [opinion.kind for opinion in opinions]
    return tuple(
        words[kind]
        if kinds.count(kind) == 1
        else _("%(kind)s no. %(number)d")
        % {"kind": words[kind], "number": kinds[: place + 1].count(kind)}
        for place, kind in enumerate(kinds)
    )


def with_opinion(opinion: OpinionEntry) -> str:
    """Assessor and opinion: Maria Öberg, first opinion."""
    return _("%(name)s, %(opinion)s") % {
        "name": person(opinion.assessor),
        "opinion": of_opinion(opinion.kind),
    }


def finding(conclusion: Conclusion, candidate: str) -> str:
    """The conclusion on a candidate as a sentence without its full stop."""
    sentences = {
        Conclusion.SUPPORTED: _("The evidence supports hiring %(candidate)s"),
        Conclusion.SUPPORTED_WITH_CONDITIONS: _(
            "The evidence supports hiring %(candidate)s, with conditions"
        ),
        Conclusion.NOT_SUPPORTED: _("The evidence does not support hiring %(candidate)s"),
        Conclusion.EVIDENCE_INSUFFICIENT: _(
            "The evidence is not enough for a conclusion on %(candidate)s"
        ),
    }
    return sentences[conclusion] % {"candidate": person(candidate)}


def of_conclusion(conclusion: Conclusion) -> str:
    """The conclusion in a table's cell."""
    return {
        Conclusion.SUPPORTED: _("supported"),
        Conclusion.SUPPORTED_WITH_CONDITIONS: _("supported with conditions"),
        Conclusion.NOT_SUPPORTED: _("not supported"),
        Conclusion.EVIDENCE_INSUFFICIENT: _("evidence insufficient"),
    }[conclusion]


def of_instrument(kind: InstrumentKind) -> str:
    """What kind of instrument it is, as a noun."""
    return {
        InstrumentKind.QUESTIONNAIRE: _("questionnaire"),
        InstrumentKind.REFERENCE: _("reference"),
        InstrumentKind.WORK_SAMPLE: _("work sample"),
        InstrumentKind.TEST: _("test"),
    }[kind]


def of_connection(connection: Connection) -> str:
    """Why errors hang together, as a noun phrase."""
    return {
        Connection.SAME_EMPLOYER: _("same employer"),
        Connection.SAME_TRAINING: _("same training"),
        Connection.SAME_MATERIAL: _("same material"),
        Connection.SAME_MEETING: _("same meeting"),
    }[connection]
