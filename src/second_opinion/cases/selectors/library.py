"""The library of criteria as a profile takes it: what is offered, and what becomes of a choice."""

from collections.abc import Mapping

from django.conf import settings

from second_opinion.cases.models import Case
from second_opinion.cases.states import Method
from second_opinion.library.criteria import (
    Collection,
    LibraryCriterion,
    Question,
    Seniority,
    collection,
)

MEASURES: Mapping[str, Method] = {
    "structured_interview": Method.INTERVIEW,
    "unstructured_interview": Method.INTERVIEW,
    "work_sample": Method.WORK_SAMPLE,
    "assessment_centre": Method.WORK_SAMPLE,
    "references": Method.REFERENCE,
    "personality_test": Method.QUESTIONNAIRE,
    "biodata": Method.QUESTIONNAIRE,
    "cognitive_ability_test": Method.TEST,
    "job_knowledge_test": Method.TEST,
    "integrity_test": Method.TEST,
    "situational_judgement_test": Method.TEST,
}
"""What a method with published validity is called among the methods of a profile."""

FEWEST_SOURCES = 2
_LIBRARY_LOW, _LIBRARY_HIGH = 1, 5


def offered_criteria() -> Collection:
    """Ours, and those in the firm's own folder."""
    return collection(settings.SECOND_OPINION_CRITERIA_FOLDER)


def chosen_keys(case: Case) -> frozenset[str]:
    """Of the criteria in the newest version of the profile."""
    profile = case.profiles.order_by("version").last()
    keys = profile.criteria.values_list("library_key", flat=True) if profile else ()
    return frozenset(keys) - {""}


def suggested_methods(criterion: LibraryCriterion) -> tuple[Method, ...]:
    """The two best suited that are different things: no criterion should hang on one source."""
    suited = dict.fromkeys(
        MEASURES[method] for method in criterion.measured_by if method in MEASURES
    )
    return tuple(suited)[:FEWEST_SOURCES]


def anchors_on_scale(
    criterion: LibraryCriterion, seniority: Seniority, *, case: Case
) -> dict[float, str]:
    """The five points laid on the case's scale, each at the nearest whole step from its lowest."""
    reach = (case.scale_high - case.scale_low) / (_LIBRARY_HIGH - _LIBRARY_LOW)
    described = criterion.wording(case.language).anchors_for(seniority)
    # A half goes upwards; a later point wins where a short scale lays two on one step.
    return {
        case.scale_low + int((int(point) - _LIBRARY_LOW) * reach + 0.5): words
        for point, words in described.items()
    }


def interview_of(criterion: LibraryCriterion, *, language: str) -> dict[str, object]:
    """What an interview asks about it, as it is kept with the profile."""
    wording = criterion.wording(language)
    return {
        "past_behaviour": [_asked(question) for question in wording.past_behaviour],
        "situational": [_asked(question) for question in wording.situational],
        "listen_for": list(wording.listen_for),
        "rating_errors": list(wording.rating_errors),
    }


def _asked(question: Question) -> dict[str, object]:
    return {"question": question.question, "probes": list(question.probes)}
