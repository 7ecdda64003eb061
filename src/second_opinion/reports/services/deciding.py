"""The client's side after the report: quick answers, the decision, and closing the case."""

import dataclasses
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import require
from second_opinion.audit.services import canonical_json, encrypt, record_event
from second_opinion.cases import selectors as cases
from second_opinion.cases.models import Candidacy, Case
from second_opinion.cases.services import mark_closed, mark_decided
from second_opinion.reports import policies, selectors
from second_opinion.reports.analysis import Conclusion, analyse_stored
from second_opinion.reports.errors import InvalidAnswerError
from second_opinion.reports.models import ClientDecision, QuickAnswer
from second_opinion.reports.selectors import Words
from second_opinion.reports.services.versions import _locked_case
from second_opinion.reports.states import Answer

SPEAKS_FOR = frozenset({Conclusion.SUPPORTED, Conclusion.SUPPORTED_WITH_CONDITIONS})


@transaction.atomic
def answer_quickly(
    *, actor: Person, case: Case, answers: Mapping[Candidacy, Answer]
) -> list[QuickAnswer]:
    """Note what a decider would do today, before they open the report; a second press is idle."""
    case = _locked_case(case)
    require(policies.may_answer_quickly(actor, case))
    waiting = list(selectors.unanswered_by(actor, case))
    if set(waiting) - set(answers):
        raise InvalidAnswerError(_("Choose one answer for each candidate."))
    given = [
        QuickAnswer.objects.create(
            candidacy=candidacy, decider=actor, answer=Answer(answers[candidacy])
        )
        for candidacy in waiting
    ]
    for answer in given:
        record_event(
            actor=actor,
            verb="decider.answered",
            subject=answer,
            case=case,
            details={"case": case.pseudonym, "candidacy": answer.candidacy.pseudonym},
        )
    return given


@transaction.atomic
def record_decision(
    *, actor: Person, case: Case, hired: Candidacy | None, reasons: str, against: str = ""
) -> ClientDecision:
    """Record what the client decided, in its own words; none of the candidates is `hired` None.

    Deciding against the report is the client's right, and asks for what weighed more.
    """
    asked, case = case, _locked_case(case)
    require(policies.may_decide(actor, case))
    if hired is not None and hired not in cases.remaining_candidacies_of(case):
        raise InvalidAnswerError(_("Choose one of the candidates of this case, or none of them."))
    words = Words(reasons=reasons.strip(), against=against.strip())
    is_against = is_against_report(case, hired)
    _check_words(words, is_against=is_against)
    decision = ClientDecision(
        case=case, hired=hired, is_against_report=is_against, decided_by=actor
    )
    label = selectors.words_label(decision.pseudonym)
    decision.words = encrypt(canonical_json(dataclasses.asdict(words)), case=case, label=label)
    decision.save()
    record_event(
        actor=actor,
        verb="decision.recorded",
        subject=decision,
        case=case,
        details={
            "case": case.pseudonym,
            "hired": hired.pseudonym if hired else None,
            "against_report": is_against,
        },
    )
    asked.state = mark_decided(actor=actor, case=case).state
    return decision


@transaction.atomic
def close_case(*, actor: Person, case: Case) -> Case:
    """End a decided case."""
    asked, case = case, _locked_case(case)
    require(policies.may_close(actor, case))
    closed = mark_closed(actor=actor, case=case)
    asked.state = closed.state
    return closed


def is_against_report(case: Case, hired: Candidacy | None) -> bool:
    """Whether a decision parts from the conclusion of the newest report the client has.

    Hiring whom it does not support, or none where it supports somebody.
    """
    version = case.report_versions.filter(released_at__isnull=False).order_by("number").last()
    if version is None:
        return False
    figures = analyse_stored(selectors.case_file_of_version(version), version.method).candidates
    speaks_for = {one.name for one in figures if one.conclusion in SPEAKS_FOR}
    return bool(speaks_for) if hired is None else hired.name not in speaks_for


def _check_words(words: Words, *, is_against: bool) -> None:
    if not words.reasons:
        raise InvalidAnswerError(
            _("Write the reasons for the decision, in your own words. Nothing was saved.")
        )
    if is_against and not words.against:
        raise InvalidAnswerError(
            _(
                "The decision parts from the report, which is yours to do. Write what weighed "
                "more. Nothing was saved."
            )
        )
