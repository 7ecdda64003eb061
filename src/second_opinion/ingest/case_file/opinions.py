"""The opinions of a case file."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from second_opinion.ingest.case_file.entries import OpinionEntry, OpinionKind, RatingEntry
from second_opinion.ingest.case_file.profile import RatingScale
from second_opinion.ingest.case_file.section import Section
from second_opinion.ingest.errors import CaseFileError, listed, nearest, quoted

_KEYS = (
    "assessor",
    "candidate",
    "kind",
    "conclusion",
    "material",
    "outside_expertise",
    "profile_version",
    "on",
    "qualifications",
    "declared_on",
    "seal",
    "rating",
)


def read_opinion(
    section: Section,
    ratings: Sequence[Section],
    *,
    candidates: Collection[str],
    criteria: Collection[str],
    scale: RatingScale,
) -> OpinionEntry:
    """One opinion with its ratings."""
    section.only(*_KEYS)
    assessor = section.name("assessor")
    candidate = section.name("candidate")
    _require_known(candidate, candidates, section=section, key="candidate")
    outside = section.texts("outside_expertise")
    for criterion in outside:
        _require_known(criterion, criteria, section=section, key="outside_expertise")
    read = [_read_rating(rating, criteria=criteria, scale=scale) for rating in ratings]
    _require_one_each(read, ratings, whose=f"{quoted(assessor)} has rated {quoted(candidate)}")
    if not read:
        raise section.refusal(
            found=f"The opinion of {quoted(assessor)} on {quoted(candidate)} has no ratings.",
            mend="Add [[opinion.rating]] with criterion and score, or remove the opinion.",
        )
    return OpinionEntry(
        assessor=assessor,
        candidate=candidate,
        kind=OpinionKind(section.one_of("kind", [kind.value for kind in OpinionKind])),
        ratings=tuple(read),
        conclusion=section.text("conclusion"),
        material=section.name("material", required=False),
        outside_expertise=outside,
        profile_version=section.name("profile_version", required=False),
        on=section.day("on"),
        qualifications=section.text("qualifications"),
        declared_on=section.day("declared_on"),
        seal=section.name("seal", required=False),
    )


def _require_one_each(read: Sequence[RatingEntry], sections: Sequence[Section], whose: str) -> None:
    seen = set()
    for entry, section in zip(read, sections, strict=True):
        if entry.criterion in seen:
            raise section.refusal(
                found=f"{whose} on {quoted(entry.criterion)} already.",
                mend="Keep one of the two ratings.",
            )
        seen.add(entry.criterion)


def require_one_opinion_each(opinions: Sequence[OpinionEntry], sections: Sequence[Section]) -> None:
    """Refuse an assessor who rates one candidate twice."""
    first: dict[tuple[str, str], Section] = {}
    for opinion, section in zip(opinions, sections, strict=True):
        earlier = first.setdefault((opinion.assessor, opinion.candidate), section)
        if earlier is not section:
            raise section.refusal(
                found=f"{quoted(opinion.assessor)} rates {quoted(opinion.candidate)} a second "
                f"time; the first is at {earlier.place}.",
                mend="Keep one opinion, or name the other assessor.",
            )


def require_all_rated(
    opinions: Sequence[OpinionEntry],
    *,
    candidates: Sequence[str],
    criteria: Sequence[str],
    case: Section,
) -> None:
    """Refuse a criterion or a candidate that no opinion speaks of, and a case without a score."""
    ratings = [rating for opinion in opinions for rating in opinion.ratings]
    rated = {rating.criterion for rating in ratings}
    for criterion in criteria:
        if criterion not in rated:
            raise case.refusal(
                found=f"No one rated the criterion {quoted(criterion)}.",
                mend="Rate it, or add a rating with observed = false and the reason.",
            )
    assessed = {opinion.candidate for opinion in opinions}
    for candidate in candidates:
        if candidate not in assessed:
            raise case.refusal(
                found=f"There is no opinion on the candidate {quoted(candidate)}.",
                mend="Add an [[opinion]], or remove the [[candidate]].",
            )
    if all(rating.score is None for rating in ratings):
        raise case.refusal(
            found="Nothing was observed: no rating has a score.",
            mend="A report needs at least one score.",
        )


def _read_rating(section: Section, *, criteria: Collection[str], scale: RatingScale) -> RatingEntry:
    section.only("criterion", "score", "observed", "reason", "evidence")
    criterion = section.name("criterion")
    _require_known(criterion, criteria, section=section, key="criterion")
    score = section.number_if_any("score")
    observed = section.flag("observed", default=True)
    reason = section.text("reason")
    if fault := _contradiction(section, score=score, observed=observed, reason=reason):
        raise fault
    if score is not None:
        scale.require(score, section=section, key="score")
    return RatingEntry(
        criterion=criterion,
        score=score,
        evidence=section.texts("evidence"),
        reason_not_observed=reason,
    )


def _contradiction(
    section: Section, *, score: float | None, observed: bool, reason: str
) -> CaseFileError | None:
    if score is not None and not observed:
        return section.refusal(
            found="The rating has a score and observed = false.", mend="Keep one of the two."
        )
    if score is None and observed:
        return section.refusal(
            found="The rating has no score.",
            mend="Write score = a number, or observed = false and a reason.",
        )
    if score is not None and reason:
        return section.refusal(
            key="reason",
            found="A reason is for what was not observed, and this rating has a score.",
            mend="Move the text to evidence, or write observed = false without a score.",
        )
    return None


def _require_known(name: str, known: Collection[str], *, section: Section, key: str) -> None:
    if name not in known:
        raise section.refusal(
            key=key,
            found=f"There is no {key} {quoted(name)}; there are {listed(known)}.",
            mend=f"{nearest(name, known)}Write the name as in its [[{key}]].",
        )
