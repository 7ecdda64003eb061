"""What can be done with guides. Whether an assessor may use one, the opinions room decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import require
from second_opinion.audit.services import content_hash, encrypt, record_event
from second_opinion.cases.models import Candidacy, Case, RequirementProfile
from second_opinion.instruments import policies, selectors
from second_opinion.instruments.errors import (
    InvalidDeviationError,
    InvalidGuideError,
    PracticeError,
)
from second_opinion.instruments.models import Deviation, Guide, PracticeRating
from second_opinion.instruments.selectors import GuideSection
from second_opinion.instruments.states import DeviationKind
from second_opinion.instruments.writing.guide import FEWEST_MINUTES, MOST_MINUTES, sections_for
from second_opinion.library.transcripts import TRANSCRIPTS

PRACTICE_SCALE = range(1, 6)
LONGEST_QUESTION = 500
LONGEST_REASON = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionChange:
    """What a coordinator makes of one part of the guide; parts and questions by their numbers.

    place : in the order of the interview
    core : numbers of the questions that every finalist is asked
    texts : by number
    """

    position: int
    place: int
    minutes: int
    core: frozenset[str]
    texts: dict[str, str]


@transaction.atomic
def prepare_guide(*, actor: Person, case: Case) -> Guide:
    """The guide of the locked profile; generated the first time it is asked for."""
    require(policies.may_read_guide(actor, case))
    return _guide_of(case)


@transaction.atomic
def save_guide(*, actor: Person, case: Case, changes: Sequence[SectionChange]) -> Guide:
    """Order, minutes and questions, all at once, until the first use."""
    require(policies.may_read_guide(actor, case))
    guide = Guide.objects.select_for_update().get(pk=_guide_of(case).pk)
    require(policies.may_write_guide(actor, case))
    by_position = {change.position: change for change in changes}
    sections = selectors.sections_of(guide)
    if set(by_position) != {section.position for section in sections}:
        raise InvalidGuideError(_("The guide has other parts by now. Look at it once more."))
    changed = [
        (by_position[section.position].place, _changed(section, stored, by_position))
        for section, stored in zip(sections, guide.sections, strict=True)
    ]
    guide.sections = [stored for _place, stored in sorted(changed, key=lambda row: row[0])]
    guide.save(update_fields=["sections"])
    record_event(
        actor=actor,
        verb="guide.written",
        subject=guide,
        case=case,
        details={"case": case.pseudonym},
    )
    return guide


@transaction.atomic
def freeze_guide(*, case: Case) -> Guide:
    """For the opinions room: the guide as an assessor is shown it, and everybody after them.

    That room records it too, as an event of the opinion: when an assessor first looked is nobody's
    to know before the opening.
    """
    guide = Guide.objects.select_for_update().get(pk=_guide_of(case).pk)
    if guide.is_frozen:
        return guide
    guide.frozen_at = timezone.now()
    guide.content_hash = content_hash(
        {
            "guide": str(guide.pseudonym),
            "profile": guide.profile.content_hash,
            "language": guide.language,
            "sections": guide.sections,
        }
    )
    guide.save(update_fields=["frozen_at", "content_hash"])
    return guide


@transaction.atomic
def record_deviation(
    *,
    actor: Person,
    guide: Guide,
    candidacy: Candidacy,
    question: str,
    kind: DeviationKind,
    because: str,
) -> Deviation:
    """For the opinions room, which records it: where this interview went another way, and why."""
    numbers = {
        each.number for section in selectors.sections_of(guide) for each in section.questions
    }
    if question not in numbers:
        raise InvalidDeviationError(_("The guide has no such question. Choose one of its own."))
    if kind not in DeviationKind.values:
        raise InvalidDeviationError(_("Say whether it was asked differently or left out."))
    if not because.strip():
        raise InvalidDeviationError(_("Say why: that is what a reader will want to know."))
    deviation = Deviation(
        guide=guide, candidacy=candidacy, assessor=actor, question=question, kind=kind
    )
    deviation.because = encrypt(
        because.strip()[:LONGEST_REASON].encode(),
        case=candidacy.case,
        label=selectors.deviation_label(deviation),
    )
    deviation.save()
    return deviation


@transaction.atomic
def rate_transcript(
    *, actor: Person, transcript: str, language: str, scores: Mapping[str, int]
) -> PracticeRating:
    """Keep somebody's scores on a made-up transcript; the key is shown to them only then."""
    practised = TRANSCRIPTS.get(transcript)
    if practised is None:
        raise PracticeError(_("There is no such transcript."))
    if PracticeRating.objects.filter(person=actor, transcript=transcript).exists():
        raise PracticeError(
            _("You have rated this one and seen its key. A second rating would not tell anything.")
        )
    criteria = {rating.criterion for rating in practised.ratings}
    if set(scores) != criteria or not all(score in PRACTICE_SCALE for score in scores.values()):
        raise PracticeError(_("Give every criterion a score from 1 to 5."))
    rated = PracticeRating.objects.create(
        person=actor,
        transcript=transcript,
        content_hash=practised.content_hash,
        language=language,
        scores=dict(scores),
    )
    record_event(
        actor=actor,
        verb="practice.rated",
        subject=actor,
        case=None,
        details={"transcript": transcript},
    )
    return rated


def _guide_of(case: Case) -> Guide:
    profile = (
        RequirementProfile.objects.select_for_update()
        .filter(case=case, locked_at__isnull=False)
        .order_by("version")
        .last()
    )
    if profile is None:
        raise InvalidGuideError(
            _("There is an interview guide once the requirement profile is locked.")
        )
    guide, _is_new = Guide.objects.get_or_create(
        profile=profile,
        defaults={
            "language": case.language,
            "sections": sections_for(profile.criteria.all(), language=case.language),
        },
    )
    return guide


def _changed(
    section: GuideSection, stored: dict[str, Any], changes: Mapping[int, SectionChange]
) -> dict[str, Any]:
    """One part as it is stored, with its changes; what everybody is asked comes first."""
    change = changes[section.position]
    _check(section.criterion, change)
    questions = [
        {
            **question,
            "text": change.texts.get(asked.number, asked.text).strip(),
            "is_core": asked.number in change.core,
        }
        for asked, question in zip(section.questions, stored["questions"], strict=True)
    ]
    _check_questions(section.criterion, [question["text"] for question in questions])
    questions.sort(key=lambda question: not question["is_core"])
    return {**stored, "minutes": change.minutes, "questions": questions}


def _check(criterion: str, change: SectionChange) -> None:
    if not FEWEST_MINUTES <= change.minutes <= MOST_MINUTES:
        raise InvalidGuideError(
            _("%(criterion)s: give it %(fewest)s to %(most)s minutes.")
            % {"criterion": criterion, "fewest": FEWEST_MINUTES, "most": MOST_MINUTES}
        )
    if not change.core:
        raise InvalidGuideError(
            _("%(criterion)s: at least one question is asked of every finalist.")
            % {"criterion": criterion}
        )


def _check_questions(criterion: str, texts: Sequence[str]) -> None:
    if not all(texts) or max(map(len, texts)) > LONGEST_QUESTION:
        raise InvalidGuideError(
            _("%(criterion)s: a question has 1 to %(longest)s characters.")
            % {"criterion": criterion, "longest": LONGEST_QUESTION}
        )
