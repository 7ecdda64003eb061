"""Whether those who only read get documents masked, and how far each document is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from second_opinion.accounts.policies import Denied
from second_opinion.candidates.selectors import Piece, material_of
from second_opinion.cases.models import Candidacy, Case
from second_opinion.cases.selectors import remaining_candidacies_of
from second_opinion.instruments import policies, selectors, services
from second_opinion.instruments.errors import MaskingError
from second_opinion.instruments.models import MaskedDocument
from second_opinion.instruments.states import DocumentKind
from second_opinion.opinions import policies as opinions_policies
from second_opinion.opinions import selectors as opinions_selectors
from second_opinion.opinions import services as opinions
from second_opinion.web.pages.coordinator.asking import REFUSED, own_case
from second_opinion.web.requests import SignedInRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One document: prepared or not, and who has opened its original.

    source : what the form sends, the kind or the pseudonym of a piece of material
    """

    source: str
    name: str
    kind: DocumentKind
    document: MaskedDocument | None
    looks: tuple[tuple[str, datetime], ...]
    is_there: bool


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def masking(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    case = own_case(request, pseudonym)
    if request.method != "POST":
        return _show(request, case)
    try:
        if request.POST.get("act") == "open":
            document = _opened(request, case)
            return redirect("masked_document", document.pseudonym)
        _choose(request, case)
    except REFUSED as error:
        return _show(request, case, sentence=str(error))
    messages.success(request, _("It is chosen for this case."))
    return redirect("masking", pseudonym)


def _choose(request: SignedInRequest, case: Case) -> None:
    chosen = request.POST.get("is_masked", "")
    if chosen not in {"yes", "no"}:
        raise MaskingError(_("Choose one of the two. Nothing was changed."))
    opinions.choose_masking(actor=request.user, case=case, is_masked=chosen == "yes")


def _opened(request: SignedInRequest, case: Case) -> MaskedDocument:
    """Prepared if it was not, and opened beside its original: that is noted."""
    found = [
        (candidacy, line)
        for candidacy in remaining_candidacies_of(case)
        if str(candidacy.pseudonym) == request.POST.get("candidacy")
        for line in _lines(candidacy, selectors.masked_documents_of([candidacy]))
        if line.source == request.POST.get("source")
    ]
    if not found:
        raise MaskingError(_("There is no such document in this case."))
    [(candidacy, line)] = found
    pieces = [one for one in material_of(candidacy) if _source(one) == line.source]
    document = services.prepare_document(
        actor=request.user,
        candidacy=candidacy,
        kind=line.kind,
        material=pieces[0].material if pieces else None,
    )
    opinions.open_original(actor=request.user, document=document)
    return document


def _show(request: SignedInRequest, case: Case, *, sentence: str = "") -> HttpResponse:
    candidacies = list(remaining_candidacies_of(case))
    documents = selectors.masked_documents_of(candidacies)
    choice = selectors.masking_choice_of(case)
    context = {
        "case": case,
        "choice": choice,
        "is_masked": selectors.is_masked(case),
        "is_alone": opinions_selectors.is_lone_coordinator(request.user, case),
        "why_not_masked": _why_not_masked(request, case),
        "can_choose": bool(policies.may_choose_masking(request.user, case)),
        "rows": [
            {
                "candidacy": one,
                "letter": selectors.letter_of(one),
                "decision": opinions_policies.may_compare(request.user, one),
                "lines": _lines(one, [each for each in documents if each.candidacy_id == one.pk]),
            }
            for one in candidacies
        ],
        "sentence": sentence,
    }
    return render(request, "coordinator/masking.html", context, status=422 if sentence else 200)


def _why_not_masked(request: SignedInRequest, case: Case) -> str:
    """Where somebody could choose it, but nobody could compare the texts."""
    decision = opinions_policies.may_have_masked(request.user, case)
    may_choose = policies.may_choose_masking(request.user, case)
    return decision.reason if may_choose and isinstance(decision, Denied) else ""


def _lines(candidacy: Candidacy, documents: list[MaskedDocument]) -> list[Line]:
    attempt = selectors.attempt_of(candidacy)
    by_kind = {one.kind: one for one in documents if one.material_id is None}
    by_piece = {one.material_id: one for one in documents}
    lines = [
        _line(
            DocumentKind.ANSWER,
            by_kind.get(DocumentKind.ANSWER),
            is_there=attempt is not None and attempt.answered_at is not None,
        ),
        _line(DocumentKind.SHEET, by_kind.get(DocumentKind.SHEET)),
    ]
    return lines + [
        _line(
            DocumentKind.MATERIAL,
            by_piece.get(piece.material.pk),
            source=_source(piece),
            name=piece.name or str(piece.material.get_kind_display()),
        )
        for piece in material_of(candidacy)
    ]


def _line(
    kind: DocumentKind,
    document: MaskedDocument | None,
    *,
    source: str = "",
    name: str = "",
    is_there: bool = True,
) -> Line:
    looks = document.looks.all() if document is not None else ()
    return Line(
        source=source or kind.value,
        name=name or str(kind.label),
        kind=kind,
        document=document,
        looks=tuple((look.by.name, look.at) for look in looks),
        is_there=is_there,
    )


def _source(piece: Piece) -> str:
    return str(piece.material.pseudonym)
