"""A report on its way out, and the end of a case."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from second_opinion.accounts.policies import require
from second_opinion.cases.models import Case
from second_opinion.cases.policies import may_run
from second_opinion.cases.states import LetterKind
from second_opinion.reports import policies, selectors, services
from second_opinion.reports.models import ReportVersion
from second_opinion.web import refusals
from second_opinion.web.mails import candidate_previews, letter_previews
from second_opinion.web.pages.coordinator.asking import Question, ask_first, own_case
from second_opinion.web.requests import SignedInRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def to_candidates(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    version = _own_version(request, pseudonym)
    return ask_first(
        request,
        version.case,
        lambda _reason: services.release_to_candidates(actor=request.user, version=version),
        may=lambda: policies.may_release_to_candidates(request.user, version),
        question=_about_candidates,
        said=_("The candidates can read their own version now."),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def release(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    version = _own_version(request, pseudonym)
    return ask_first(
        request,
        version.case,
        lambda _reason: services.release_report(actor=request.user, version=version),
        may=lambda: policies.may_release_report(request.user, version),
        question=lambda _case: _about_release(version),
        said=_("The report is released. Those who order and decide get a mail."),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def release_advice(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    version = _own_version(request, pseudonym)
    return ask_first(
        request,
        version.case,
        lambda _reason: services.release_advice(actor=request.user, version=version),
        may=lambda: policies.may_release_advice(request.user, version),
        question=_about_advice,
        said=_("The client can read the advice on getting started now."),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def close_case(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    case = own_case(request, pseudonym)
    return ask_first(
        request,
        case,
        lambda _reason: services.close_case(actor=request.user, case=case),
        may=lambda: policies.may_close(request.user, case),
        question=_about_closing,
        said=_("The case is closed."),
    )


def _own_version(request: SignedInRequest, pseudonym: UUID) -> ReportVersion:
    version = selectors.report_for(request.user, pseudonym)
    if version is None:
        refusals.refuse_report(request.user, pseudonym)
    require(may_run(request.user, version.case))
    return version


def _about_candidates(case: Case) -> Question:
    return Question(
        title=_("Give the candidates their version: %(reference)s") % {"reference": case.reference},
        lead=_("Each candidate reads what concerns them alone. It cannot be taken back."),
        consequences=(
            _("They have two working days to correct facts and to comment."),
            _("The client reads the report after that, or at the same time if that was ordered."),
        ),
        button=_("Let the candidates read it"),
        mails=candidate_previews(case),
    )


def _about_release(version: ReportVersion) -> Question:
    case, readers = version.case, [version.case.orderer, *selectors.deciders_of(version.case)]
    to_client = letter_previews(LetterKind.REPORT, case, readers, about=version)
    return Question(
        title=_("Release the report: %(reference)s") % {"reference": case.reference},
        lead=_("The client reads this version from now on. It cannot be taken back."),
        consequences=(
            _("Who ordered the case and who decides in it get a mail without any content."),
            _("Deciders say in one click what they would have done, before it opens for them."),
        ),
        button=_("Release the report to the client"),
        mails=to_client if version.to_candidates_at else to_client + candidate_previews(case),
    )


def _about_advice(case: Case) -> Question:
    return Question(
        title=_("Give out advice on getting started: %(reference)s")
        % {"reference": case.reference},
        lead=_("It has a purpose of its own, and is no part of the choice."),
        consequences=(
            _("Those at the client who read the report can read it from now on, on its own page."),
            _("It is best given once the client has decided. It cannot be taken back."),
        ),
        button=_("Let the client read it"),
    )


def _about_closing(case: Case) -> Question:
    return Question(
        title=_("Close the case %(reference)s") % {"reference": case.reference},
        lead=_("The decision is recorded and nothing is left to do. Closing cannot be undone."),
        consequences=(_("Everybody keeps what they can read now; nothing more is asked of them."),),
        button=_("Close the case"),
    )
