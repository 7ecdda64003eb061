"""Documents masked for those who only read them: chosen, prepared, compared by a person, released.

Form first: facts are set anew on a standard sheet, and only what is left is masked in its words.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import require
from second_opinion.audit.services import (
    canonical_json,
    destroy_case_key,
    encrypt,
    make_case_key,
    record_event,
)
from second_opinion.candidates.models import Material
from second_opinion.candidates.selectors import content_of, words_of
from second_opinion.candidates.states import MaterialKind
from second_opinion.cases.models import Candidacy, Case
from second_opinion.ingest.redaction import Fact, Kind, standard_sheet
from second_opinion.instruments import policies, selectors
from second_opinion.instruments.analysis.masking import (
    commitment_to_text,
    masked,
    readable_text,
    stands_in,
)
from second_opinion.instruments.errors import MaskingError
from second_opinion.instruments.models import MaskedDocument, MaskingChoice, OriginalLook
from second_opinion.instruments.selectors import MASK, SHOW, Change, Original, as_rows
from second_opinion.instruments.states import DocumentKind

OPEN_FOR = timedelta(minutes=30)  # after which opening the original is noted anew
MOST_CHARACTERS = 100_000
MOST_MONTHS = 720
FACTS = ("experience", "education", "language", "certificate")


@transaction.atomic
def choose_masking(*, actor: Person, case: Case, is_masked: bool) -> MaskingChoice:
    """Say whether those who only read get documents masked; until somebody is asked to rate."""
    case = Case.objects.select_for_update(of=("self",)).select_related("provider").get(pk=case.pk)
    require(policies.may_choose_masking(actor, case))
    standing = selectors.masking_choice_of(case)
    if standing is not None and standing.is_masked == is_masked:
        return standing
    choice = MaskingChoice.objects.create(case=case, is_masked=is_masked, by=actor)
    record_event(
        actor=actor,
        verb="masking.chosen",
        subject=choice,
        case=case,
        details={"is_masked": is_masked},
    )
    return choice


@transaction.atomic
def prepare_document(
    *, actor: Person, candidacy: Candidacy, kind: DocumentKind, material: Material | None = None
) -> MaskedDocument:
    """Mask a document by rule, for a person to compare; twice is once. Nobody is shown it yet."""
    candidacy = _locked(candidacy)
    require(policies.may_mask(actor, candidacy))
    return _prepared(actor, candidacy, kind, material)


@transaction.atomic
def prepared_answer(*, actor: Person, candidacy: Candidacy) -> MaskedDocument:
    """The answer, masked by rule if it was not: for the opinions room, which knows who may."""
    return _prepared(actor, _locked(candidacy), DocumentKind.ANSWER, None)


@transaction.atomic
def note_look(*, actor: Person, document: MaskedDocument) -> OriginalLook:
    """That somebody opens the original and its map: for the opinions room, which knows who may."""
    open_already = selectors.open_look_of(actor, document)
    if open_already is not None:
        return open_already
    look = OriginalLook.objects.create(
        document=document, by=actor, ends_at=timezone.now() + OPEN_FOR
    )
    _record(actor, "masking.opened", document)
    return look


@transaction.atomic
def mask_more(
    *, actor: Person, document: MaskedDocument, words: str, kind: Kind, reason: str
) -> MaskedDocument:
    """Mask words that stand in the original, everywhere; of a name all its forms."""
    return _changed(actor, document, MASK, words, kind=kind.value, reason=reason)


@transaction.atomic
def show_after_all(
    *, actor: Person, document: MaskedDocument, words: str, reason: str
) -> MaskedDocument:
    """Take the mask off words that tell nobody, everywhere."""
    return _changed(actor, document, SHOW, words, kind="", reason=reason)


@transaction.atomic
def write_text(*, actor: Person, document: MaskedDocument, text: str) -> MaskedDocument:
    """The words of a file that the program cannot read, as a person has read them out of it."""
    text = text.replace("\r\n", "\n").replace("\x00", "").strip()
    if not text or len(text) > MOST_CHARACTERS:
        raise MaskingError(
            _("Write the text, in at most %(most)s characters.") % {"most": MOST_CHARACTERS}
        )
    return _rewritten(actor, document, lambda original: replace(original, text=text))


@transaction.atomic
def write_facts(
    *, actor: Person, document: MaskedDocument, facts: Mapping[str, str]
) -> MaskedDocument:
    """Set facts on the standard sheet: one a line, with months after a semicolon where it lasted.

    facts : lines by kind, of FACTS
    """
    if document.kind != DocumentKind.SHEET:
        raise MaskingError(_("Facts stand on the standard sheet alone."))
    language = selectors.original_in(document).language
    entered = [
        _fact(kind, line)
        for kind in FACTS
        for line in facts.get(kind, "").splitlines()
        if line.strip()
    ]
    if not entered:
        raise MaskingError(_("Write at least one fact. Nothing was changed."))
    sheet = standard_sheet(entered, language=language)
    kept = {kind: facts.get(kind, "").replace("\r\n", "\n").strip() for kind in FACTS}
    return _rewritten(actor, document, lambda original: replace(original, text=sheet, facts=kept))


@transaction.atomic
def release_document(
    *, actor: Person, document: MaskedDocument, has_compared: bool, note: str = ""
) -> MaskedDocument:
    """Show the masked text to those who only read. It is fixed by a commitment from now on."""
    document = _fresh(document)
    require(policies.may_release_document(actor, document))
    if not has_compared:
        raise MaskingError(_("Say that you have compared both texts. Nothing was released."))
    original, text = selectors.original_in(document), selectors.masked_text_of(document)
    if not text.strip():
        raise MaskingError(_("There is no text to release yet."))
    _keep(document, replace(original, note=note.strip()[:MOST_CHARACTERS]), is_kept_as=text)
    document.released_at, document.released_by = timezone.now(), actor
    document.save()
    _record(actor, "masking.released", document, sha256=document.commitment)
    return document


def forget_maps(*, case: Case) -> None:
    """For the service that erases a case: the keys of its maps go with it."""
    held = case.candidacies.filter(masked_documents__isnull=False).distinct()
    for candidacy in held:
        record_event(actor=None, verb="map.erased", subject=candidacy, case=case)
        transaction.on_commit(lambda one=candidacy: destroy_case_key(one))  # type: ignore[misc]


def forget_taken_back() -> None:
    """The worker's: what was masked of something that its candidate took back goes too."""
    gone = MaskedDocument.objects.filter(material__removed_at__isnull=False)
    gone.exclude(content=b"").update(content=b"", map=b"")


def _prepared(
    actor: Person, candidacy: Candidacy, kind: DocumentKind, material: Material | None
) -> MaskedDocument:
    found = MaskedDocument.objects.filter(candidacy=candidacy, kind=kind, material=material).first()
    if found is not None:
        return found
    make_case_key(candidacy)
    document = MaskedDocument(candidacy=candidacy, kind=kind, material=material)
    original = Original(
        text=_text_of(candidacy, kind, material),
        language=candidacy.language,
        masks=(),
        changes=(),
        facts={},
        note="",
    )
    _keep(document, original)
    document.save()
    _record(actor, "masking.prepared", document)
    return document


def _changed(
    actor: Person, document: MaskedDocument, act: str, words: str, *, kind: str, reason: str
) -> MaskedDocument:
    words, reason = words.strip(), reason.strip()
    if not words or not reason:
        raise MaskingError(_("Say which words, and why. Nothing was changed."))
    change = Change(
        act=act,
        words=words,
        kind=kind,
        reason=reason,
        by=actor.name,
        at=timezone.now().isoformat(),
    )

    def with_change(original: Original) -> Original:
        is_masked = any(mask.original.strip() == words for mask in original.masks)
        if not is_masked and not stands_in(original.text, words):
            raise MaskingError(
                _("“%(words)s” does not stand in the text. Nothing was changed.") % {"words": words}
            )
        return replace(original, changes=(*original.changes, change))

    return _rewritten(actor, document, with_change, act=act)


def _rewritten(
    actor: Person,
    document: MaskedDocument,
    change: Callable[[Original], Original],
    *,
    act: str = "text",
) -> MaskedDocument:
    document = _fresh(document)
    require(policies.may_change_mask(actor, document))
    _keep(document, change(selectors.original_in(document)))
    document.save()
    _record(actor, "masking.changed", document, act=act)
    return document


def _keep(document: MaskedDocument, original: Original, *, is_kept_as: str | None = None) -> None:
    """Masked anew; or, at the release, as it was compared."""
    candidacy, text, masks = document.candidacy, is_kept_as, original.masks
    nonce = secrets.token_hex(32)
    if text is None:
        found = masked(
            original.text,
            selectors.known_of(candidacy),
            original.changes,
            language=original.language,
        )
        text, masks = found.text, found.masks
    else:
        document.commitment = commitment_to_text(text, nonce=nonce)
    kept = {
        "text": original.text,
        "language": original.language,
        "masks": as_rows(masks),
        "changes": [asdict(one) for one in original.changes],
        "facts": original.facts,
        "note": original.note,
    }
    document.content = encrypt(
        canonical_json({"text": text, "nonce": nonce}), case=candidacy.case, label=document.label
    )
    document.map = encrypt(canonical_json(kept), case=candidacy, label=document.map_label)


def _text_of(candidacy: Candidacy, kind: DocumentKind, material: Material | None) -> str:
    if kind == DocumentKind.ANSWER:
        attempt = selectors.attempt_of(candidacy)
        answer = selectors.answer_in(attempt) if attempt is not None else None
        if attempt is None or answer is None:
            raise MaskingError(_("The candidate has not answered yet."))
        return answer.words or readable_text(selectors.file_in(attempt))
    if material is None:
        return ""  # a sheet: its facts are written by whoever compares
    if material.kind == MaterialKind.FILE:
        return readable_text(content_of(material))
    return words_of(material)


def _fact(kind: str, line: str) -> Fact:
    words, _semicolon, months = line.partition(";")
    months = months.strip()
    if months and not (months.isdecimal() and 0 < int(months) <= MOST_MONTHS):
        raise MaskingError(
            _("“%(line)s”: after the semicolon stands a number of months, as in “Sales; 30”.")
            % {"line": line.strip()}
        )
    return Fact(kind=kind, words=words.strip(), months=int(months) if months else None)


def _locked(candidacy: Candidacy) -> Candidacy:
    """Hold the case, so that it does not open meanwhile."""
    case = (
        Case.objects.select_for_update(of=("self",))
        .select_related("provider", "client")
        .get(pk=candidacy.case_id)
    )
    found = Candidacy.objects.get(pk=candidacy.pk)
    found.case = case
    return found


def _fresh(document: MaskedDocument) -> MaskedDocument:
    candidacy = _locked(document.candidacy)
    found = MaskedDocument.objects.select_for_update(of=("self",)).get(pk=document.pk)
    found.candidacy = candidacy
    return found


def _record(actor: Person, verb: str, document: MaskedDocument, **details: str) -> None:
    candidacy = document.candidacy
    record_event(
        actor=actor,
        verb=verb,
        subject=document,
        case=candidacy.case,
        details={"candidacy": candidacy.pseudonym, **details},
    )
