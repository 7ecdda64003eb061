"""What is masked for those who only read, what they are shown of it, and who opened the original.

`reading_of` is all that a rater is shown; `original_in` is for who has opened it, which leaves a
mark first: whoever calls it has asked `open_look_of`.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.audit.services import decrypt
from second_opinion.candidates.selectors import file_of, material_for, referees_of
from second_opinion.cases.models import Candidacy, Case
from second_opinion.ingest.redaction import Entities, Kind, Mask
from second_opinion.instruments.models import (
    MaskedDocument,
    MaskingChoice,
    OriginalLook,
    WorkSampleRating,
)
from second_opinion.instruments.selectors.work_samples import (
    SampleAnswer,
    answer_in,
    attempt_of,
)
from second_opinion.instruments.states import DocumentKind
from second_opinion.panels.selectors.ties import ties_about

MASK, SHOW = "mask", "show"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a person masked besides, or showed after all, and why.

    act : MASK or SHOW; kind : of what is masked; by, at : who did it, and when, as words
    """

    act: str
    words: str
    kind: str
    reason: str
    by: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """What lies behind a masked text.

    facts : of a standard sheet, as they were written, by kind
    note : what the reviewer thinks may still tell who it is, given at the release
    """

    text: str
    language: str
    masks: tuple[Mask, ...]
    changes: tuple[Change, ...]
    facts: dict[str, str]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownText:
    """A released text beside the answer: which kind, and the masked words."""

    kind: DocumentKind
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one rater is shown of a candidate.

    name : the candidate's, or a letter where documents are masked
    minutes : that the answer took; None where masked, for a longer time may be an adjustment
    """

    name: str
    is_masked: bool
    answer: SampleAnswer | None
    minutes: int | None
    texts: tuple[ShownText, ...]


def is_masked(case: Case) -> bool:
    newest = masking_choice_of(case)
    return newest is not None and newest.is_masked


def masking_choice_of(case: Case) -> MaskingChoice | None:
    """The newest; none where nobody has chosen, and then nothing is masked."""
    made = sorted(case.masking_choices.all(), key=lambda one: one.pk)
    return made[-1] if made else None


def has_raters(case: Case) -> bool:
    return WorkSampleRating.objects.filter(candidacy__case=case).exists()


def masked_documents_of(candidacies: Iterable[Candidacy]) -> list[MaskedDocument]:
    """Those whose source is there still, with who opened their originals; for coordinators."""
    rows = MaskedDocument.objects.filter(
        candidacy__in=candidacies, material__removed_at__isnull=True
    )
    return list(
        rows.select_related("candidacy__case__provider", "released_by", "material")
        .prefetch_related("looks__by")
        .defer("content", "map")
    )


def masked_document(pseudonym: UUID) -> MaskedDocument | None:
    """Whoever calls this asks first whether the reader may know of it."""
    return (
        MaskedDocument.objects.filter(pseudonym=pseudonym, material__removed_at__isnull=True)
        .select_related("candidacy__case__provider", "candidacy__case__client", "material")
        .first()
    )


def released_answer_of(candidacy: Candidacy) -> MaskedDocument | None:
    return next((one for one in _released_of(candidacy) if one.kind == DocumentKind.ANSWER), None)


def reading_of(rating: WorkSampleRating) -> Reading:
    """Before the release of a masked answer nothing, and no more than a letter for a name."""
    candidacy = rating.candidacy
    if not is_masked(candidacy.case):
        attempt = attempt_of(candidacy)
        answer = answer_in(attempt) if attempt is not None else None
        return Reading(
            name=candidacy.name,
            is_masked=False,
            answer=answer,
            minutes=answer.minutes if answer else None,
            texts=(),
        )
    released = _released_of(candidacy)
    texts = {one.kind: masked_text_of(one) for one in released if not one.material_id}
    words = texts.get(DocumentKind.ANSWER)
    return Reading(
        name=letter_of(candidacy),
        is_masked=True,
        answer=None
        if words is None
        else SampleAnswer(words=words, file_name="", media_type="", minutes=0),
        minutes=None,
        texts=()
        if words is None
        else tuple(
            ShownText(kind=DocumentKind(one.kind), words=masked_text_of(one))
            for one in sorted(released, key=lambda one: (one.kind != DocumentKind.SHEET, one.pk))
            if one.kind != DocumentKind.ANSWER
        ),
    )


def name_for_rater(rating: WorkSampleRating) -> str:
    """The candidate's name, or their letter: for lists."""
    candidacy = rating.candidacy
    return letter_of(candidacy) if is_masked(candidacy.case) else candidacy.name


def letter_of(candidacy: Candidacy) -> str:
    """By the order of pseudonyms, which are drawn: not by who was named first."""
    drawn = sorted(one.pseudonym for one in candidacy.case.candidacies.all())
    return _("Candidate %(letter)s") % {"letter": chr(ord("A") + drawn.index(candidacy.pseudonym))}


def masked_text_of(document: MaskedDocument) -> str:
    text = decrypt(document.content, case=document.candidacy.case, label=document.label)
    words: str = json.loads(text)["text"]
    return words


def original_in(document: MaskedDocument) -> Original:
    """Read with the candidacy's own key."""
    found = json.loads(decrypt(document.map, case=document.candidacy, label=document.map_label))
    return Original(
        text=found["text"],
        language=found["language"],
        masks=as_masks(found["masks"]),
        changes=tuple(Change(**one) for one in found["changes"]),
        facts=found["facts"],
        note=found["note"],
    )


def open_look_of(person: Person, document: MaskedDocument) -> OriginalLook | None:
    """The newest that has not ended."""
    looks = OriginalLook.objects.filter(document=document, by=person, ends_at__gt=timezone.now())
    return looks.last()


def has_opened_original(person: Person, case: Case) -> bool:
    return OriginalLook.objects.filter(document__candidacy__case=case, by=person).exists()


def looks_at(documents: Iterable[MaskedDocument]) -> list[tuple[str, datetime]]:
    """Who opened an original, and when, oldest first."""
    looks = OriginalLook.objects.filter(document__in=documents).select_related("by")
    return [(one.by.name, one.at) for one in looks]


def known_of(candidacy: Candidacy) -> Entities:
    """Whom and what a case knows by name around one candidate: all of it is masked."""
    case = candidacy.case
    named = referees_of(candidacy)
    tied = [party for _tie, party in ties_about(candidacy)]
    people = [one.name for one in case.candidacies.all()]
    people += [one.referee.name for one in named]
    people += [str(party) for party in tied if not party.is_firm and party.organisation is None]
    firms = [case.client.name, case.provider.name]
    firms += [one.together.employer for one in named]
    firms += [str(party) for party in tied if party.is_firm or party.organisation is not None]
    return Entities(people=_once(people), organisations=_once(firms))


def candidacies_with_maps() -> list[Candidacy]:
    """Of cases that are there: each has a key of its own; for `doctor`."""
    rows = Candidacy.objects.filter(masked_documents__isnull=False, case__removed_at__isnull=True)
    return list(rows.distinct().order_by("pk"))


def file_behind(document: MaskedDocument) -> tuple[str, str] | None:
    """Name and media type of the file that the words were read from; None where it is no file."""
    if document.kind == DocumentKind.ANSWER:
        attempt = attempt_of(document.candidacy)
        answer = answer_in(attempt) if attempt is not None else None
        return (answer.file_name, answer.media_type) if answer and answer.file_name else None
    if document.material is not None and document.material.about is not None:
        found = material_for(document.candidacy, document.material.pseudonym)
        return file_of(found) if found is not None else None
    return None


def _released_of(candidacy: Candidacy) -> list[MaskedDocument]:
    rows = MaskedDocument.objects.filter(
        candidacy=candidacy, released_at__isnull=False, material__removed_at__isnull=True
    )
    return list(rows.select_related("candidacy__case").defer("map"))


def as_rows(masks: tuple[Mask, ...]) -> list[dict[str, Any]]:
    return [
        {
            "start": mask.start,
            "end": mask.end,
            "shown_at": mask.shown_at,
            "kind": mask.kind.value,
            "original": mask.original,
            "shown": mask.shown,
        }
        for mask in masks
    ]


def as_masks(rows: list[dict[str, Any]]) -> tuple[Mask, ...]:
    return tuple(Mask(**row | {"kind": Kind(row["kind"])}) for row in rows)


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in names if name.strip()))
