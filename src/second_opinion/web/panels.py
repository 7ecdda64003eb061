"""The shortlist and the answers of those who were asked, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from second_opinion.accounts.models import Person
from second_opinion.cases.models import Case
from second_opinion.instruments.writing.language_names import name_of_language
from second_opinion.library.directions import isolated
from second_opinion.opinions import selectors as opinions
from second_opinion.panels.analysis import Gate, LeftOut, Listed, NeedShown
from second_opinion.panels.models import ProposalStep
from second_opinion.panels.selectors.proposals import Standing, proposal_reason, step_words
from second_opinion.panels.states import PROPOSAL_ENDS, DeclineReason, Level, StepKind
from second_opinion.reports.writing.worth.money import exactly

LEFT_OUT = {
    Gate.NOT_CONFIRMED: gettext_lazy("what they show is not confirmed yet"),
    Gate.CONFLICT: gettext_lazy("a conflict of interest that is not cleared"),
    Gate.LANGUAGE: gettext_lazy("does not work in the language of the case"),
    Gate.TOO_LATE: gettext_lazy("is free only after the due date"),
    Gate.ASKED: gettext_lazy("was asked or engaged already"),
    Gate.NO_PLACE: gettext_lazy("has no place left"),
    Gate.NOTHING_COVERED: gettext_lazy("shows none of what is needed"),
}


@dataclass(frozen=True, slots=True)
class ListedLine:
    """Somebody on the shortlist, with the reasons as sentences."""

    person: Person
    is_first: bool
    lead: str
    needs: tuple[str, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskedLine:
    """Somebody who was asked: where it stands, and what can be done.

    instead : who is next on the list, where this ended and nobody was asked after it
    """

    standing: Standing
    sentence: str
    reason: str
    challenges: tuple[tuple[ProposalStep, str], ...]
    is_engaged: bool
    instead: Person | None


def listed_lines(listed: Iterable[Listed], *, first: Person | None) -> list[ListedLine]:
    """In words. first : who stands first of all, on this page or an earlier one"""
    return [
        ListedLine(
            one.person,
            one.person == first,
            _lead(one),
            tuple(_need(need) for need in one.needs),
            tuple(_facts(one)),
        )
        for one in listed
    ]


def why_left_out(one: LeftOut) -> str:
    if one.gate is Gate.CERTIFICATE:
        return _("has no valid certificate on %(instrument)s") % {"instrument": one.instrument}
    return str(LEFT_OUT[one.gate])


def asked_lines(
    case: Case, standings: list[Standing], *, next_on_list: Person | None
) -> list[AskedLine]:
    engaged = opinions.asking_in(case).engaged
    return [
        AskedLine(
            one,
            _answer(one),
            proposal_reason(one.proposal),
            tuple((step, step_words(step)) for step in one.open_challenges),
            one.proposal.assessor_id in engaged,
            next_on_list if _waits_for_another(one, standings) else None,
        )
        for one in standings
    ]


def _waits_for_another(one: Standing, standings: list[Standing]) -> bool:
    """Whether it came to an end, and nobody was asked since."""
    ended = max((step.at for step in one.steps if step.kind in PROPOSAL_ENDS), default=None)
    return ended is not None and all(other.proposal.at < ended for other in standings)


def declined_words(step: ProposalStep) -> str:
    """The reason chosen, and what was added to it."""
    reason, _line, words = step_words(step).partition("\n")
    label = str(DeclineReason(reason).label)
    return f"{label}: {words}" if words else label


def _lead(one: Listed) -> str:
    share = number_format(100 * one.score, 0)
    if not any(need.is_gap for need in one.needs):
        return _("Covers %(share)s %% of what is needed.") % {"share": share}
    if one.covers_gap:
        return _("Covers what the client cannot judge; %(share)s %% of what is needed.") % {
            "share": share
        }
    return _("Covers %(share)s %% of what is needed, and not all that the client cannot judge.") % {
        "share": share
    }


def _need(need: NeedShown) -> str:
    return "; ".join((_shown(need), *how_it_counts(is_gap=need.is_gap, weight=need.weight)))


def _shown(need: NeedShown) -> str:
    if not need.shown or need.proof is None:
        return _("%(competence)s: not shown") % {"competence": need.label}
    return _("%(competence)s: %(level)s; needed: %(required)s; proof: %(proof)s") % {
        "competence": need.label,
        "level": Level(need.shown).label,
        "required": Level(need.required).label,
        "proof": need.proof.label,
    }


def how_it_counts(*, is_gap: bool, weight: float) -> list[str]:
    """Where a need counts otherwise than most: the client can judge it, or it counts double."""
    told = [] if is_gap else [_("the client can judge it")]
    return [*told, _("counts double")] if weight > 1 else told


def _facts(one: Listed) -> list[str]:
    facts = [_("Has %(load)s of at most %(cap)s cases now.") % {"load": one.load, "cap": one.cap}]
    if one.price is not None:
        facts.append(_("Price: %(price)s.") % {"price": exactly(one.price, "SEK")})
    if one.days:
        facts.append(
            ngettext("Free in %(days)s day.", "Free in %(days)s days.", one.days)
            % {"days": one.days}
        )
    if one.asked_language:
        facts.append(
            _("Has named no language: ask whether they work in %(language)s.")
            % {"language": name_of_language(one.asked_language)}
        )
    facts += [
        _("Their certificate on %(instrument)s ends on %(day)s.")
        % {"instrument": instrument, "day": date_format(day, "j F Y")}
        for instrument, day in one.ending
    ]
    if one.correlation:
        facts.append(
            _(
                "Errors may follow those of the client’s own opinion (correlation %(value)s, a "
                "planning value): the same %(shared)s."
            )
            % {
                "value": number_format(one.correlation, 2),
                "shared": ", ".join(_shared(one, each) for each in one.shared),
            }
        )
    return facts


def _shared(one: Listed, kind: str) -> str:
    if kind == "employer" and one.firm:
        return _("employer (%(firm)s, as both have declared)") % {"firm": isolated(one.firm)}
    return {"employer": _("employer"), "school": _("school"), "method": _("method")}[kind]


def _answer(one: Standing) -> str:
    person = {"person": one.proposal.assessor}
    last = one.steps[-1].kind if one.steps else ""
    if one.open_challenges:
        return _("%(person)s has accepted; a candidate has challenged it.") % person
    if one.answer is not None and one.answer.kind == StepKind.DECLINED:
        return _("%(person)s has declined: %(reason)s.") % (
            person | {"reason": declined_words(one.answer)}
        )
    if last == StepKind.UPHELD:
        return _("A candidate’s challenge of %(person)s was upheld: ask somebody else.") % person
    if last == StepKind.WITHDRAWN and one.was_accepted:
        return _("%(person)s assesses no more: %(reason)s") % (
            person | {"reason": step_words(one.steps[-1])}
        )
    if last == StepKind.WITHDRAWN:
        return _("%(person)s is not asked any more.") % person
    if one.is_accepted:
        return _("%(person)s has accepted, and knows of no other tie.") % person
    return _("%(person)s is asked, and has not answered yet.") % person
