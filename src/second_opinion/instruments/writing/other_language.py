"""A guide for an interview that is held in another language than the case's.

What stands in the library is there in both, and each text that is still as the library has it is
put into the other's words. What somebody has written or changed stays as it was written.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import override

from second_opinion.cases.models import Criterion
from second_opinion.cases.selectors import offered_criteria
from second_opinion.instruments.models import Guide
from second_opinion.instruments.writing.guide import of_any_criterion

NOT_PUT_OVER = {"words", "key"}  # what somebody may search by has no counterpart word by word


def in_language(guide: Guide, language: str) -> Guide:
    """The same guide, for reading and never to be saved; the guide itself where it is its own."""
    if language == guide.language:
        return guide
    criteria = {criterion.name: criterion for criterion in guide.profile.criteria.all()}
    return Guide(
        pseudonym=guide.pseudonym,
        profile=guide.profile,
        language=language,
        made_at=guide.made_at,
        frozen_at=guide.frozen_at,
        content_hash=guide.content_hash,
        sections=[
            _put(section, _words_of(criteria.get(section["criterion"]), guide.language, language))
            for section in guide.sections
        ],
    )


def _words_of(criterion: Criterion | None, own: str, other: str) -> Mapping[str, str]:
    """Text to text; empty for a criterion that is nowhere else."""
    if criterion is None:
        return {}
    known = offered_criteria().criteria.get(criterion.library_key)
    if known is not None:
        return dict(
            _pairs(
                known.wording(own).model_dump(mode="json"),
                known.wording(other).model_dump(mode="json"),
            )
        )
    with override(own):
        ours = of_any_criterion(criterion.name)
    with override(other):
        theirs = of_any_criterion(criterion.name)
    return dict(_pairs(ours, theirs))


def _pairs(own: Any, other: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401  # nested JSON
    if isinstance(own, str) and isinstance(other, str):
        yield own, other
    elif isinstance(own, dict):
        for key in own.keys() - NOT_PUT_OVER:
            yield from _pairs(own[key], other.get(key))
    elif isinstance(own, list) and isinstance(other, list):
        for one, another in zip(own, other, strict=False):
            yield from _pairs(one, another)


def _put(stored: Any, words: Mapping[str, str]) -> Any:  # noqa: ANN401  # nested JSON
    if isinstance(stored, str):
        return words.get(stored, stored)
    if isinstance(stored, dict):
        return {key: _put(value, words) for key, value in stored.items()}
    return [_put(each, words) for each in stored] if isinstance(stored, list) else stored
