"""The interview guide in an assessor's hands: read, printed, filled in elsewhere, departed from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NoReturn
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.accounts.policies import Denied
from second_opinion.instruments.errors import InstrumentError, SheetError
from second_opinion.instruments.models import Guide
from second_opinion.instruments.selectors import (
    GuideSection,
    LoggedDeviation,
    own_deviations,
    sections_of,
)
from second_opinion.instruments.states import DeviationKind
from second_opinion.instruments.writing.language_names import name_of_language
from second_opinion.instruments.writing.other_language import in_language
from second_opinion.instruments.writing.sheet import LARGEST, ratings_in, sheet_text
from second_opinion.opinions import policies, services
from second_opinion.opinions import selectors as opinions
from second_opinion.opinions.errors import OpinionError
from second_opinion.opinions.models import Opinion
from second_opinion.opinions.states import OpinionKind
from second_opinion.reports.rendering import pdf_of
from second_opinion.reports.writing.guide import write_guide
from second_opinion.web.requests import SignedInRequest
from second_opinion.web.uploads import at_a_persons_pace

REFUSED = (InstrumentError, OpinionError, NotAllowedError)


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideInUse:
    """What the workspace shows of the guide."""

    sections: tuple[GuideSection, ...]
    deviations: tuple[LoggedDeviation, ...]
    kinds: tuple[tuple[str, Any], ...]
    other_language: str = ""  # the candidate's, in words, where it is not the guide's


def guide_in_use(request: SignedInRequest, opinion: Opinion) -> GuideInUse | None:
    """Fixed from now on: what this assessor is shown, every finalist is asked."""
    guide = services.take_up_guide(actor=request.user, opinion=opinion)
    if guide is None:
        return None
    return GuideInUse(
        sections=sections_of(guide),
        deviations=tuple(own_deviations(request.user, guide=guide, candidacy=opinion.candidacy)),
        kinds=tuple(DeviationKind.choices),
        other_language=_other_language(guide, opinion),
    )


def guide_or_why_not(request: SignedInRequest, opinion: Opinion) -> dict[str, object]:
    """Ratings can be written without the guide; why it is not there stands in its place."""
    is_own = opinion.kind != OpinionKind.FIRST
    decision = policies.may_use_guide(request.user, opinion.candidacy.case) if is_own else None
    if isinstance(decision, Denied):
        return {"guide": None, "guide_denied": decision.reason}
    return {"guide": guide_in_use(request, opinion)}


def _other_language(guide: Guide, opinion: Opinion) -> str:
    spoken = opinion.candidacy.language
    is_known = spoken in dict(settings.LANGUAGES)
    return name_of_language(spoken) if is_known and spoken != guide.language else ""


@never_cache
@require_safe
def guide_pdf(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """In the language of the case, or in the candidate's, where the interview is held in that."""
    opinion, guide = _own_guide(request, pseudonym)
    case = opinion.candidacy.case
    if request.GET.get("language") == opinion.candidacy.language:
        guide = in_language(guide, opinion.candidacy.language)
    document = write_guide(
        guide, case, candidate=opinion.candidacy.name, issued_on=timezone.localdate()
    )
    response = HttpResponse(pdf_of(document), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{_file_name(guide)}.pdf"'
    return response


@never_cache
@require_safe
def guide_sheet(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """The guide as text to fill in without the service."""
    opinion, guide = _own_guide(request, pseudonym)
    # With a byte order mark, so that every editor opens it as what it is.
    content = sheet_text(guide, opinion.candidacy).encode("utf-8-sig")
    response = HttpResponse(content, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_file_name(guide)}.txt"'
    return response


@require_POST
@at_a_persons_pace
def send_sheet(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """What was filled in elsewhere, in the place of what stands on the same criteria."""
    opinion, guide = _own_guide(request, pseudonym)
    try:
        entries = ratings_in(_sent(request), guide=guide, candidacy=opinion.candidacy)
        services.record_opinion(actor=request.user, opinion=opinion, ratings=entries)
    except REFUSED as error:
        messages.error(request, str(error))
    else:
        names = ", ".join(entry.criterion for entry in entries)
        messages.success(request, _("Saved from your document: %(names)s.") % {"names": names})
    return redirect("assessment", pseudonym)


@require_POST
def deviate(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    opinion = opinions.opinion_for(request.user, pseudonym) or _nothing()
    sent = request.POST
    try:
        services.log_deviation(
            actor=request.user,
            opinion=opinion,
            question=sent.get("question", ""),
            kind=sent.get("kind", ""),  # type: ignore[arg-type]  # refused where it is none
            because=sent.get("because", ""),
        )
    except REFUSED as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Noted, with its reason."))
    return redirect("assessment", pseudonym)


def _own_guide(request: SignedInRequest, pseudonym: UUID) -> tuple[Opinion, Guide]:
    opinion = opinions.opinion_for(request.user, pseudonym) or _nothing()
    guide = services.take_up_guide(actor=request.user, opinion=opinion)
    return opinion, guide or _nothing()


def _sent(request: SignedInRequest) -> str:
    upload = request.FILES.get("document")
    if upload is None:
        raise SheetError(_("Choose a file first. Nothing was saved."))
    if (upload.size or 0) > LARGEST:
        raise SheetError(_("This document is larger than any guide. Nothing was saved."))
    try:
        text: str = upload.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SheetError(
            _("This is not text in UTF-8. Save it as plain text in UTF-8. Nothing was saved.")
        ) from None
    return text


def _file_name(guide: Guide) -> str:
    """Nothing about a person ends up in a downloads folder."""
    return f"second-opinion-guide-{guide.pseudonym.hex[:8]}"


def _nothing() -> NoReturn:
    raise Http404
