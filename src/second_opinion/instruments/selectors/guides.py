"""What a person may see of guides, and of where interviews went another way."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from second_opinion.accounts.models import Person
from second_opinion.audit.services import decrypt
from second_opinion.cases import selectors as cases
from second_opinion.cases.models import Candidacy, Case
from second_opinion.cases.states import IS_OPENED
from second_opinion.instruments.models import Deviation, Guide, PracticeRating
from second_opinion.instruments.states import DeviationKind
from second_opinion.library.transcripts import TRANSCRIPTS


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideQuestion:
    """number : "2.1", the first question of the second criterion
    is_core : asked of every finalist; the others are asked if time allows
    """

    number: str
    text: str
    probes: tuple[str, ...]
    is_core: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideSection:
    """What is asked about one criterion.

    anchors : scale point and what it looks like, the lowest first
    """

    position: int
    criterion: str
    definition: str
    minutes: int
    questions: tuple[GuideQuestion, ...]
    anchors: tuple[tuple[float, str], ...]
    listen_for: tuple[str, ...]
    rating_errors: tuple[str, ...]

    @property
    def core(self) -> tuple[GuideQuestion, ...]:
        return tuple(question for question in self.questions if question.is_core)

    @property
    def reserve(self) -> tuple[GuideQuestion, ...]:
        return tuple(question for question in self.questions if not question.is_core)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedDeviation:
    """Where one interview went another way; text is what the question asks, where it has one."""

    question: str
    kind: DeviationKind
    because: str
    at: datetime
    assessor: str = ""
    candidate: str = ""
    text: str = ""


def guide_of(case: Case) -> Guide | None:
    """Of the version of the profile that is assessed by; None until somebody has made it."""
    profile = cases.locked_profile(case)
    return Guide.objects.filter(profile=profile).first() if profile else None


def sections_of(guide: Guide) -> tuple[GuideSection, ...]:
    """In the order of the interview."""
    return tuple(
        _section(position, stored) for position, stored in enumerate(guide.sections, start=1)
    )


def minutes_of(sections: Iterable[GuideSection]) -> int:
    return sum(section.minutes for section in sections)


def own_deviations(person: Person, *, guide: Guide, candidacy: Candidacy) -> list[LoggedDeviation]:
    """What this person has logged of one interview, the oldest first."""
    found = Deviation.objects.filter(guide=guide, candidacy=candidacy, assessor=person)
    return _logged(found)


def deviations_in(case: Case) -> list[LoggedDeviation]:
    """All of a case that is open, of those who are still in it; before that there are none to see.

    For who reads the report, and for the coordinators.
    """
    if case.state not in IS_OPENED:
        return []
    remaining = cases.remaining_candidacies_of(case)
    found = Deviation.objects.filter(candidacy__in=remaining)
    return _logged(found.order_by("candidacy__position", "pk"))


def _logged(found: QuerySet[Deviation]) -> list[LoggedDeviation]:
    return [
        LoggedDeviation(
            question=deviation.question,
            kind=DeviationKind(deviation.kind),
            because=decrypt(
                deviation.because, case=deviation.candidacy.case, label=deviation_label(deviation)
            ).decode(),
            at=deviation.at,
            assessor=deviation.assessor.name,
            candidate=deviation.candidacy.name,
            text=_text_of(deviation),
        )
        for deviation in found.select_related("candidacy__case", "assessor", "guide")
    ]


def _text_of(deviation: Deviation) -> str:
    asked = (one for section in sections_of(deviation.guide) for one in section.questions)
    return next((one.text for one in asked if one.number == deviation.question), "")


def practice_of(person: Person) -> list[PracticeRating]:
    """What this person has rated, as long as text and key are what they were; the oldest first."""
    rated = PracticeRating.objects.filter(person=person)
    return [
        rating
        for rating in rated
        if rating.transcript in TRANSCRIPTS
        and TRANSCRIPTS[rating.transcript].content_hash == rating.content_hash
    ]


def deviation_label(deviation: Deviation) -> str:
    return f"deviation/{deviation.pseudonym}"


def _section(position: int, stored: dict[str, Any]) -> GuideSection:
    return GuideSection(
        position=position,
        criterion=stored["criterion"],
        definition=stored["definition"],
        minutes=stored["minutes"],
        questions=tuple(
            GuideQuestion(
                number=f"{position}.{number}",
                text=question["text"],
                probes=tuple(question["probes"]),
                is_core=question["is_core"],
            )
            for number, question in enumerate(stored["questions"], start=1)
        ),
        anchors=tuple((float(point), words) for point, words in stored["anchors"]),
        listen_for=tuple(stored["listen_for"]),
        rating_errors=tuple(stored["rating_errors"]),
    )
