"""Outside tests, entered by who runs the case or gave them; and who rates a work sample."""

import dataclasses

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import Denied, require
from second_opinion.accounts.selectors import people_with
from second_opinion.accounts.states import Role
from second_opinion.cases.models import Candidacy, Case
from second_opinion.cases.services import write_letter
from second_opinion.cases.states import LetterKind
from second_opinion.ingest.case_file import ReadingEntry
from second_opinion.instruments.analysis import reading_of_test
from second_opinion.instruments.errors import ResultError
from second_opinion.instruments.models import Result, WorkSampleRating
from second_opinion.instruments.selectors import (
    OutsideTest,
    ResultEntry,
    ratings_on,
    written_in,
)
from second_opinion.instruments.services import ask_rater, correct_result, keep_result
from second_opinion.instruments.states import ResultKind
from second_opinion.instruments.writing.outside import name_of, source_of
from second_opinion.library.questionnaires import type_tool_in, why_refused
from second_opinion.opinions import policies
from second_opinion.opinions.errors import EngagementError
from second_opinion.panels.selectors.certificates import lacks_certificate


@transaction.atomic
def enter_test(*, actor: Person, candidacy: Candidacy, test: OutsideTest) -> Result:
    """Keep an outside test's result, with the error that its reliability gives."""
    require(policies.may_enter_test(actor, candidacy))
    _check_certified(actor, candidacy.case, test)
    entry = _entry_of(test, case=candidacy.case)
    return keep_result(actor=actor, candidacy=candidacy, entry=entry)


@transaction.atomic
def correct_test(*, actor: Person, result: Result, test: OutsideTest, reason: str) -> Result:
    """Keep a new version in its place, for a reason; the old one stays to be seen."""
    require(policies.may_correct_result(actor, result))
    _check_certified(actor, result.candidacy.case, test)
    entry = _entry_of(test, case=result.candidacy.case)
    return correct_result(actor=actor, result=result, entry=entry, reason=reason)


@transaction.atomic
def take_test_back(*, actor: Person, result: Result, reason: str) -> Result:
    """It counts no more, as when it was another candidate's; the reason stays."""
    require(policies.may_correct_result(actor, result))
    entry = dataclasses.replace(written_in(result).entry, readings=())
    return correct_result(actor=actor, result=result, entry=entry, reason=reason)


@transaction.atomic
def engage_rater(*, actor: Person, candidacy: Candidacy, rater: Person) -> WorkSampleRating:
    """Ask somebody to rate a candidate's work sample, by mail; twice is once."""
    require(policies.may_engage_rater(actor, candidacy.case))
    decision = policies.may_rate_work_sample(rater, candidacy.case)
    if isinstance(decision, Denied):
        raise EngagementError(decision.reason)
    is_new = all(one.rater_id != rater.pk for one in ratings_on([candidacy]))
    rating = ask_rater(actor=actor, candidacy=candidacy, rater=rater)
    if is_new:
        write_letter(case=candidacy.case, kind=LetterKind.ENGAGED, reader=rater, author=actor)
    return rating


def _entry_of(test: OutsideTest, *, case: Case) -> ResultEntry:
    _check(test)
    reading = reading_of_test(test, case=case)
    with override(case.language):  # the report's
        name, source = name_of(test), source_of(test)
    return ResultEntry(
        kind=ResultKind.TEST,
        name=name,
        source=source,
        readings=(
            ReadingEntry(
                criterion=test.criterion,
                value=reading.value,
                standard_error=reading.standard_error,
            ),
        ),
        about=test.as_about(),
    )


def _check_certified(actor: Person, case: Case, test: OutsideTest) -> None:
    """Of the provider's assessors, who gave the test: by its words, or by entering it."""
    assessors = list(people_with({Role.ASSESSOR}, case.provider))
    gave = [one for one in assessors if one.name.casefold() == test.tester.strip().casefold()]
    for person in gave or [one for one in assessors if one == actor]:
        if lacks_certificate(person, case.provider, test.instrument):
            raise ResultError(
                _(
                    "%(instrument)s takes a certificate, and the register confirms none of "
                    "%(person)s that is valid. Nothing was saved."
                )
                % {"instrument": test.instrument, "person": person}
            )


def _check(test: OutsideTest) -> None:
    tool = type_tool_in(test.instrument)
    if tool is not None:
        raise ResultError(
            _("%(tool)s sorts people into types, and is not taken in. %(why)s")
            % {"tool": tool.name, "why": why_refused(get_language() or "en")}
        )
    if not test.tester.strip():
        raise ResultError(_("Say who gave the test. Nothing was saved."))
    if not test.norm_group.strip():
        raise ResultError(_("Say which norm group the score is compared with."))
    if test.taken_on > timezone.localdate():
        raise ResultError(_("The test cannot have been taken on a day to come."))
    if test.validity is not None and not test.validity_source.strip():
        raise ResultError(
            _("Say where the correlation with the criterion comes from: a study, with its year.")
        )
