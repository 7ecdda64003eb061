"""What a criterion may not say, and how a question may not be put: checked in both languages.

The word lists warn where people write about a case. Here they refuse: what stands in the library is
asked of every candidate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from second_opinion.library.criteria.entry import (
    LANGUAGES,
    PLACEHOLDER,
    LibraryCriterion,
    Question,
    Wording,
)
from second_opinion.library.criteria.faults import Fault
from second_opinion.library.words import WordKind, other_language_found, words_found

_REFUSED = {
    WordKind.CLINICAL: (
        "“{words}” belongs to health care. An assessment for work says nothing of anybody's "
        "health: describe what is done at work."
    ),
    WordKind.PROTECTED_GROUND: (
        "“{words}” may touch a protected ground of discrimination. Take it out, or, if the work "
        "is about it, give the reason under needed_words."
    ),
    WordKind.SALARY_HISTORY: "“{words}” asks what others paid, and may not be asked for.",
    WordKind.TRAIT: "“{words}” says what somebody is like. Say what they do instead.",
    WordKind.IMPRESSION: (
        "“{words}” is an impression. Say what was done or said that gives it instead."
    ),
}
_NAMED_IN_RATING_ERRORS = frozenset({WordKind.TRAIT, WordKind.IMPRESSION})
_IN_A_QUESTION = {
    WordKind.CLOSED: (
        "It begins with “{words}” and can be answered by yes or no. Ask how, what or when."
    ),
    WordKind.LEADING: "“{words}” tells which answer is wished for. Leave it out.",
}
_BEFORE = r"(?:(?:för|till|med|av|i|på|om|for|to|with|by|in|about)\s+)?"
_SECOND_QUESTION = re.compile(
    # "What did you do, and why?"
    rf"\b(?:och|eller|samt|and|or)\s+{_BEFORE}"
    r"(?:hur|vad|varför|vem|vilken|vilket|vilka|how|what|why|who|whom|which|when)\b"
    # "What did you say, to whom?"; after a comma "which" and "who" mostly tell more of a thing.
    rf"|,\s+{_BEFORE}(?:hur|vad|varför|vem|vilken|how|what|why|whom)\b"
    r"|\?.*\?",
    re.IGNORECASE | re.DOTALL,
)
_UNFINISHED = re.compile(r"\b(?:TODO|TBD|XXX)\b|lorem ipsum", re.IGNORECASE)
_FEWEST_WORDS_ALIKE = 3


class _Use(Enum):
    PROSE = auto()
    QUESTION = auto()
    RATING_ERROR = auto()


@dataclass(frozen=True, slots=True)
class _Text:
    place: str
    text: str
    use: _Use


def lint(criterion: LibraryCriterion, *, file: str) -> list[Fault]:
    """Every fault of the content; none where it may be used."""
    faults = [
        Fault(file=file, criterion=criterion.key, place=f"{name}, {text.place}", sentence=sentence)
        for language, name in LANGUAGES.items()
        for text in _texts(criterion.wording(language))
        for sentence in _of_text(criterion, text, language)
    ]
    return faults + [
        Fault(file=file, criterion=criterion.key, place=place, sentence=sentence)
        for place, sentence in _between_languages(criterion)
    ]


def _texts(wording: Wording) -> Iterator[_Text]:
    for field in ("name", "definition", "why"):
        yield _Text(field, getattr(wording, field), _Use.PROSE)
    for number, text in enumerate(wording.listen_for, start=1):
        yield _Text(f"listen_for {number}", text, _Use.PROSE)
    for number, text in enumerate(wording.rating_errors, start=1):
        yield _Text(f"rating_errors {number}", text, _Use.RATING_ERROR)
    for seniority in ("unit", "organisation"):
        for point, text in getattr(wording.anchors, seniority).items():
            yield _Text(f"anchors, {seniority}, {point}", text, _Use.PROSE)
    for place, question in wording.questions():
        yield from _of_question(place, question)


def _of_question(place: str, question: Question) -> Iterator[_Text]:
    yield _Text(f"{place}, question", question.question, _Use.QUESTION)
    for number, probe in enumerate(question.probes, start=1):
        yield _Text(f"{place}, probes {number}", probe, _Use.QUESTION)


def _of_text(criterion: LibraryCriterion, text: _Text, language: str) -> Iterator[str]:
    needed = {word.casefold() for word in criterion.needed_words}
    for kind, sentence in _REFUSED.items():
        if text.use == _Use.RATING_ERROR and kind in _NAMED_IN_RATING_ERRORS:
            continue  # an error of rating has to name what misleads
        found = [word for word in words_found(text.text, kind) if word.casefold() not in needed]
        if found:
            yield sentence.format(words=", ".join(found))
    if text.use == _Use.QUESTION:
        yield from _of_asking(text.text)
    if foreign := other_language_found(text.text, language=language):
        yield f"This is not {LANGUAGES[language]} (“{', '.join(foreign)}”). Translate it."
    if _UNFINISHED.search(text.text):
        yield "This is not finished. Write it out."
    if not criterion.is_pattern and (place := PLACEHOLDER.search(text.text)):
        yield f"“{place.group(0)}” is a place to fill in. Fill it in."


def _of_asking(question: str) -> Iterator[str]:
    for kind, sentence in _IN_A_QUESTION.items():
        if found := words_found(question, kind):
            yield sentence.format(words=", ".join(found))
    if second := _SECOND_QUESTION.search(question):
        yield (
            f"It asks two things at once (“{second.group(0).strip(' ,')}”), and the answer to one "
            "hides the other. Ask one, and put the other among the probes."
        )


def _between_languages(criterion: LibraryCriterion) -> Iterator[tuple[str, str]]:
    swedish = {text.place: text.text for text in _texts(criterion.sv)}
    english = {text.place: text.text for text in _texts(criterion.en)}
    for place in swedish.keys() - english.keys():
        yield f"English, {place}", "Swedish has this and English has not. Translate it."
    for place in english.keys() - swedish.keys():
        yield f"Swedish, {place}", "English has this and Swedish has not. Translate it."
    for place in swedish.keys() & english.keys():
        text = swedish[place]
        if text == english[place] and len(text.split()) >= _FEWEST_WORDS_ALIKE:
            yield place, "Swedish and English are word for word the same. Translate it."
