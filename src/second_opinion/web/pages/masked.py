"""One document side by side with its masked text: compared, changed with a reason, released.

The page shows neither text before its reader has opened them, which the log notes.
"""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from second_opinion.accounts.policies import Denied
from second_opinion.candidates.selectors import content_of
from second_opinion.ingest.redaction import Kind
from second_opinion.instruments import policies, services
from second_opinion.instruments import selectors as instruments
from second_opinion.instruments.errors import MaskingError
from second_opinion.instruments.models import MaskedDocument
from second_opinion.instruments.states import DocumentKind
from second_opinion.opinions import policies as opinions_policies
from second_opinion.opinions import selectors
from second_opinion.opinions import services as opinions
from second_opinion.web.masking import KINDS, map_of, risks_in, side_by_side
from second_opinion.web.pages.coordinator.asking import REFUSED
from second_opinion.web.requests import SignedInRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def masked_document(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    document = _document(request, pseudonym)
    if request.method != "POST":
        return _show(request, document)
    try:
        said = _do(request, document)
    except REFUSED as error:
        return _show(request, document, sentence=str(error))
    if said:
        messages.success(request, said)
    return redirect("masked_document", pseudonym)


@never_cache
@require_safe
def masked_document_file(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """The file that the words come from, while its reader has the original open."""
    document = _document(request, pseudonym)
    about = instruments.file_behind(document)
    if about is None or selectors.original_for(request.user, document) is None:
        raise Http404
    name, media_type = about
    response = HttpResponse(
        _file(document), content_type=media_type, headers={"Content-Security-Policy": "sandbox"}
    )
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _do(request: SignedInRequest, document: MaskedDocument) -> str:
    """What was done, in a sentence; opening says nothing, for the texts are there."""
    sent, actor = request.POST, request.user
    match sent.get("act", ""):
        case "open":
            opinions.open_original(actor=actor, document=document)
            return ""
        case "mask":
            services.mask_more(
                actor=actor,
                document=document,
                words=sent.get("words", ""),
                kind=_kind(sent),
                reason=sent.get("reason", ""),
            )
        case "show":
            services.show_after_all(
                actor=actor,
                document=document,
                words=sent.get("words", ""),
                reason=sent.get("reason", ""),
            )
        case "text":
            services.write_text(actor=actor, document=document, text=sent.get("text", ""))
        case "facts":
            facts = {kind: sent.get(kind, "") for kind in services.FACTS}
            services.write_facts(actor=actor, document=document, facts=facts)
        case "release":
            services.release_document(
                actor=actor,
                document=document,
                has_compared=sent.get("has_compared") == "on",
                note=sent.get("note", ""),
            )
            return _("It is released. Those who only read can read it now.")
        case _:
            raise MaskingError(_("Choose what to do. Nothing was changed."))
    return _("It is changed. Compare both texts once more.")


def _kind(sent: QueryDict) -> Kind:
    try:
        return Kind(sent.get("kind", ""))
    except ValueError:
        raise MaskingError(_("Say what these words are. Nothing was changed.")) from None


def _file(document: MaskedDocument) -> bytes:
    if document.material is not None:
        return content_of(document.material)
    attempt = instruments.attempt_of(document.candidacy)
    return instruments.file_in(attempt) if attempt is not None else b""


def _document(request: SignedInRequest, pseudonym: UUID) -> MaskedDocument:
    document = selectors.masked_document_for(request.user, pseudonym)
    if document is None:
        raise Http404
    return document


def _show(
    request: SignedInRequest, document: MaskedDocument, *, sentence: str = ""
) -> HttpResponse:
    decision = opinions_policies.may_open_original(request.user, document)
    context = {
        "document": document,
        "candidacy": document.candidacy,
        "case": document.candidacy.case,
        "runs": bool(policies.may_mask(request.user, document.candidacy)),
        "can_open": bool(decision),
        "why_not": decision.reason if isinstance(decision, Denied) else "",
        "looks": instruments.looks_at([document]),
        "sentence": sentence,
        "sent": request.POST,
        **_opened(request, document),
    }
    return render(request, "masked/document.html", context, status=422 if sentence else 200)


def _opened(request: SignedInRequest, document: MaskedDocument) -> dict[str, object]:
    """Both texts and the map; nothing of them where the reader has not opened the original."""
    original = selectors.original_for(request.user, document)
    if original is None:
        return {"original": None}
    shown = instruments.masked_text_of(document)
    look = instruments.open_look_of(request.user, document)
    return {
        "original": original,
        "until": look.ends_at if look is not None else None,
        "rows": side_by_side(original.text, original.masks),
        "map": map_of(original.masks),
        "risks": risks_in(shown),
        "kinds": [(kind.value, words) for kind, words in KINDS.items()],
        "can_change": bool(policies.may_change_mask(request.user, document)),
        "has_file": instruments.file_behind(document) is not None,
        "is_sheet": document.kind == DocumentKind.SHEET,
        "facts": [
            (kind, words, request.POST.get(kind, original.facts.get(kind, "")))
            for kind, words in _facts_words().items()
        ],
    }


def _facts_words() -> dict[str, str]:
    return {
        "experience": _("Experience"),
        "education": _("Education"),
        "language": _("Languages"),
        "certificate": _("Certificates"),
    }
