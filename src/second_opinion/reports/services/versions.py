"""Writing a report version, and letting people read it."""

import dataclasses
import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import require
from second_opinion.audit.services import (
    canonical_json,
    content_hash,
    encrypt,
    record_event,
)
from second_opinion.candidates.services import tell_candidate
from second_opinion.cases.models import Case
from second_opinion.cases.selectors import remaining_candidacies_of
from second_opinion.cases.services import mark_reported, write_letters
from second_opinion.cases.states import CaseState, LetterKind
from second_opinion.ingest.case_file import CaseFile, as_dict
from second_opinion.reports import policies, selectors
from second_opinion.reports.analysis import method_of
from second_opinion.reports.errors import DraftError
from second_opinion.reports.models import ReportVersion
from second_opinion.reports.selectors.addendum import addendum_label, addendum_of

REPORT_RELEASED = "report.released"
REPORT_TO_CANDIDATES = "report.to_candidates"


@transaction.atomic
def sign_report(*, actor: Person, case: Case) -> ReportVersion:
    """Sign what is written: all that the report is made from is fixed as a new version, hashed.

    It is for the author's and the coordinators' eyes only until it is given out.

    A button pressed twice makes one version: while nobody has been given the newest and nothing
    has changed, it is that one.
    """
    case = _locked_case(case)
    require(policies.may_sign_report(actor, case))
    unblinded = dataclasses.replace(selectors.case_file_of(case), author=actor.name)
    _require_sound(unblinded)
    case_file, addendum = as_dict(unblinded), addendum_of(case)
    hashes = {"input_hash": content_hash(case_file), "addendum_hash": content_hash(addendum)}
    method = method_of(unblinded, selectors.earlier_opinions(case))
    newest = case.report_versions.order_by("number").last()
    if newest is not None and _says_the_same(newest, method=method, **hashes):
        return newest
    pseudonym = uuid.uuid4()
    version = ReportVersion.objects.create(
        pseudonym=pseudonym,
        case=case,
        number=newest.number + 1 if newest else 1,
        input=_sealed(case_file, case=case, label=selectors.input_label(pseudonym)),
        addendum=_sealed(addendum, case=case, label=addendum_label(pseudonym)),
        method=method,
        author=actor,
        **hashes,
    )
    record_event(
        actor=actor,
        verb="report.written",
        subject=version,
        case=case,
        details={"case": case.pseudonym, "number": version.number, "sha256": version.input_hash},
    )
    return version


def _require_sound(case_file: CaseFile) -> None:
    """Words on one finalist are read by that one: no other stands in them, in no language."""
    for entry in case_file.written:
        own = entry.candidate
        others = [name for name in case_file.candidates if name != own and name not in own]
        texts = [f"{one.text} {one.condition}" for one in entry.sentences]
        texts += [one.not_answered for one in entry.answers]
        texts += [entry.override.reason] if entry.override else []
        for other in others:
            if any(other.casefold() in text.casefold() for text in texts):
                raise DraftError(
                    _(
                        "What is written of %(candidate)s names %(other)s, and %(candidate)s reads "
                        "it. Take the name out, and sign again."
                    )
                    % {"candidate": own, "other": other}
                )
        said = {
            one.override.conclusion
            for one in case_file.written
            if one.override and one.candidate == own
        }
        if len(said) > 1:
            raise DraftError(
                _("The conclusion on %(candidate)s is another in Swedish than in English.")
                % {"candidate": own}
            )


def _says_the_same(version: ReportVersion, **fields: object) -> bool:
    is_given = version.to_candidates_at is not None or version.released_at is not None
    return not is_given and all(getattr(version, name) == fields[name] for name in fields)


@transaction.atomic
def release_to_candidates(*, actor: Person, version: ReportVersion) -> ReportVersion:
    """Let every candidate read their own version of a report, and begin the time for replies."""
    version = _locked_version(version)
    require(policies.may_release_to_candidates(actor, version))
    version.to_candidates_at = timezone.now()
    version.save(update_fields=["to_candidates_at"])
    _give_to_candidates(actor=actor, version=version)
    return version


@transaction.atomic
def release_advice(*, actor: Person, version: ReportVersion) -> ReportVersion:
    """Let the client read advice on getting started and questions for references."""
    version = _locked_version(version)
    require(policies.may_release_advice(actor, version))
    version.started_at = max(timezone.now(), version.released_at or timezone.now())
    version.save(update_fields=["started_at"])
    _record_release("report.advice_released", actor=actor, version=version)
    return version


@transaction.atomic
def release_report(*, actor: Person, version: ReportVersion) -> ReportVersion:
    """Let orderer and deciders read a version; tell them by a mail that says nothing of it.

    Candidates have read it before, or read it from the same moment on.
    """
    version = _locked_version(version)
    case = version.case
    require(policies.may_release_report(actor, version))
    # A clock that was set back would let the client read before the candidates.
    version.released_at = max(timezone.now(), version.to_candidates_at or timezone.now())
    is_news_to_candidates = version.to_candidates_at is None
    if is_news_to_candidates:
        version.to_candidates_at = version.released_at
    version.save(update_fields=["released_at", "to_candidates_at"])
    if is_news_to_candidates:
        _give_to_candidates(actor=actor, version=version)
    _record_release(REPORT_RELEASED, actor=actor, version=version)
    if case.state == CaseState.OPENED:
        mark_reported(actor=actor, case=case)
    write_letters(
        case=case,
        kind=LetterKind.REPORT,
        readers=[case.orderer, *selectors.deciders_of(case)],
        about=version,
        author=actor,
    )
    return version


def _give_to_candidates(*, actor: Person, version: ReportVersion) -> None:
    """Record it, and mail those who are still in the case that there is something to read."""
    _record_release(REPORT_TO_CANDIDATES, actor=actor, version=version)
    for candidacy in remaining_candidacies_of(version.case):
        tell_candidate(candidacy, author=actor)


def _record_release(verb: str, *, actor: Person, version: ReportVersion) -> None:
    record_event(
        actor=actor,
        verb=verb,
        subject=version,
        case=version.case,
        details={
            "case": version.case.pseudonym,
            "number": version.number,
            "sha256": version.input_hash,
        },
    )


def _sealed(content: object, *, case: Case, label: str) -> bytes:
    return encrypt(canonical_json(content), case=case, label=label)


def _locked_version(version: ReportVersion) -> ReportVersion:
    """The version as it is stored, with its case, and both held."""
    case = _locked_case(version.case)
    fresh = ReportVersion.objects.select_for_update().get(pk=version.pk)
    fresh.case = case
    return fresh


def _locked_case(case: Case) -> Case:
    return (
        Case.objects.select_for_update(of=("self",))
        .select_related("client", "provider", "orderer")
        .get(pk=case.pk)
    )
