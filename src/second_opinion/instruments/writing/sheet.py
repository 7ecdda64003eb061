"""The guide as a text document to fill in without the service, and read back when it is sent in.

Lines that begin with the signs of a place (`#`, `>`) hold the document together; what stands
under a `>` is the assessor's own.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from second_opinion.cases.models import Candidacy
from second_opinion.cases.writing.figures import figure
from second_opinion.ingest.case_file import RatingEntry
from second_opinion.instruments import selectors
from second_opinion.instruments.errors import SheetError
from second_opinion.instruments.models import Guide
from second_opinion.instruments.selectors import GuideSection

LARGEST = 500_000  # characters
_OF_SECTION = re.compile(r"#\s*(\d+)\b")
_SCORE, _EVIDENCE, _NOT_OBSERVED = "A", "B", "C"
_PLACE = re.compile(rf">\s*(\d+)({_SCORE}|{_EVIDENCE}|{_NOT_OBSERVED})\b")
_IDENTITY = re.compile(r"^#\s*guide\s+([0-9a-f-]{36})\s+([0-9a-f-]{36})\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answers:
    score: str
    evidence: tuple[str, ...]
    reason_not_observed: str


def sheet_text(guide: Guide, candidacy: Candidacy) -> str:
    """To be saved as text in UTF-8; read back by `ratings_in`."""
    case = candidacy.case
    with override(guide.language):
        head = [
            _("Interview guide: %(role)s") % {"role": case.role},
            f"{case.reference}, {candidacy.name}",
            "",
            _("Write under the lines that begin with >, and leave those lines as they are."),
            _("What you leave empty changes nothing of what you have written in the service."),
            "",
            f"# guide {guide.pseudonym} {candidacy.pseudonym}",
        ]
        scale = {"low": figure(case.scale_low), "high": figure(case.scale_high)}
        for section in selectors.sections_of(guide):
            head += ["", *_section_lines(section, scale)]
        return "\n".join(head) + "\n"


def ratings_in(text: str, *, guide: Guide, candidacy: Candidacy) -> list[RatingEntry]:
    """What was filled in, criterion by criterion; a criterion left empty is not among them.

    Raises
    ------
    SheetError : another guide's or candidate's document, or lines that no longer hold together
    """
    if len(text) > LARGEST:
        raise SheetError(_("This document is larger than any guide. Nothing was saved."))
    _check_identity(text, guide=guide, candidacy=candidacy)
    sections = {str(section.position): section for section in selectors.sections_of(guide)}
    written = _written(text)
    if unknown := {number for number, _place in written} - sections.keys():
        raise SheetError(
            _("The guide has no part %(number)s. Nothing was saved.")
            % {"number": ", ".join(sorted(unknown))}
        )
    entries = []
    for number, section in sections.items():
        answers = _Answers(
            score=" ".join(written.get((number, _SCORE), ())),
            evidence=written.get((number, _EVIDENCE), ()),
            reason_not_observed=" ".join(written.get((number, _NOT_OBSERVED), ())),
        )
        if answers.score or answers.evidence or answers.reason_not_observed:
            entries.append(_entry(section, answers))
    if not entries:
        raise SheetError(_("Nothing is filled in. Nothing was saved."))
    return entries


def _section_lines(section: GuideSection, scale: dict[str, str]) -> list[str]:
    number = section.position
    minutes, reserve = _("%(n)s minutes") % {"n": section.minutes}, _("if time allows")
    lines = [
        f"# {number} {section.criterion} ({minutes})",
        section.definition,
        "",
    ]
    for question in section.questions:
        marked = "" if question.is_core else f" ({reserve})"
        lines.append(f"{question.number}{marked} {question.text}")
        lines += [f"    - {probe}" for probe in question.probes]
    lines += [
        "",
        _("Levels:"),
        *(f"    {figure(point)}: {words}" for point, words in section.anchors),
    ]
    score = _("score, %(low)s to %(high)s; leave empty if not observed") % scale
    evidence = _("what was said or done, one line for each piece of evidence")
    reason = _("if it was not observed: why")
    lines += ["", f"> {number}{_SCORE} {score}", "", ""]
    lines += [f"> {number}{_EVIDENCE} {evidence}", "", ""]
    return [*lines, f"> {number}{_NOT_OBSERVED} {reason}", "", ""]


def _check_identity(text: str, *, guide: Guide, candidacy: Candidacy) -> None:
    found = _IDENTITY.search(text)
    if found is None:
        raise SheetError(
            _(
                "This is no guide of this service, or its line that begins with “# guide” is gone. "
                "Nothing was saved."
            )
        )
    if found.group(1) != str(guide.pseudonym):
        raise SheetError(_("This document is of another guide. Nothing was saved."))
    if found.group(2) != str(candidacy.pseudonym):
        raise SheetError(_("This document is of another candidate. Nothing was saved."))


def _written(text: str) -> dict[tuple[str, str], tuple[str, ...]]:
    """The lines under each place that is to be filled in."""
    under: dict[tuple[str, str], tuple[str, ...]] = {}
    place: tuple[str, str] | None = None
    for line in text.splitlines():
        if found := _PLACE.match(line):
            place = (found.group(1), found.group(2))
            if place in under:
                raise SheetError(
                    _("The line %(place)s stands there twice. Nothing was saved.")
                    % {"place": f"> {''.join(place)}"}
                )
            under[place] = ()
        elif _OF_SECTION.match(line):
            place = None
        elif place is not None and line.strip():
            under[place] += (line.strip(),)
    return under


def _entry(section: GuideSection, answers: _Answers) -> RatingEntry:
    score = None
    if answers.score:
        try:
            score = float(answers.score.replace(",", "."))
        except ValueError:
            raise SheetError(
                _("%(criterion)s: “%(score)s” is no score. Nothing was saved.")
                % {"criterion": section.criterion, "score": answers.score}
            ) from None
    return RatingEntry(
        criterion=section.criterion,
        score=score,
        evidence=answers.evidence,
        reason_not_observed=answers.reason_not_observed,
    )
