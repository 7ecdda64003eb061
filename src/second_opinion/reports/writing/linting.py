"""What in an author's sentence should be said otherwise: why, and how. It warns and never refuses.

Behaviour and not character, conditions and not verdicts, no words of health care, no types, and
nobody else's name in words on one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from second_opinion.library.words import WordKind, other_language_found, words_found

LONG_SENTENCE = 25
"""Words; a sentence under twenty is read at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """The words that it is about, why they do harm, and what to write instead."""

    words: str
    why: str
    proposal: str


def remarks_on(text: str, *, language: str, others: Iterable[str] = ()) -> tuple[Remark, ...]:
    """All remarks on one sentence.

    others : names of the other finalists
    """
    found = [
        Remark(words=", ".join(words), why=why(), proposal=proposal())
        for kind, (why, proposal) in _SAID.items()
        if (words := words_found(text, kind))
    ]
    named = [name for name in others if name and name.casefold() in text.casefold()]
    if named:
        found.append(
            Remark(
                words=", ".join(named),
                why=_("The candidate reads these words, and another finalist is named in them."),
                proposal=_("Write of this candidate alone; the figures compare the finalists."),
            )
        )
    if foreign := other_language_found(text, language=language):
        found.append(
            Remark(
                words=", ".join(foreign[:5]),
                why=_("This looks like the other language."),
                proposal=_("Write each language on its own page; do not translate word by word."),
            )
        )
    if len(text.split()) > LONG_SENTENCE:
        found.append(
            Remark(
                words=_("%(n)s words") % {"n": len(text.split())},
                why=_("A long sentence is read twice, or not at all."),
                proposal=_("Make two of it, each with its own sources."),
            )
        )
    return tuple(found)


_SAID: dict[WordKind, tuple[Callable[[], str], Callable[[], str]]] = {
    WordKind.TRAIT: (
        lambda: _("This says what somebody is, and not what they did."),
        lambda: _("Say what was seen or heard: what did the candidate do, when, with what result?"),
    ),
    WordKind.CLINICAL: (
        lambda: _("Words of health care do not belong in an assessment for work."),
        lambda: _("Say what was done or said, and leave the cause to those whose business it is."),
    ),
    WordKind.TYPE_LABEL: (
        lambda: _("A type sorts people instead of describing what they do."),
        lambda: _("Name the behaviour, and the situation in which it was seen."),
    ),
    WordKind.VERDICT: (
        lambda: _("This is a verdict, and the future is not known."),
        lambda: _(
            "Say under which condition it matters: when this happens, that was seen to follow."
        ),
    ),
    WordKind.IMPRESSION: (
        lambda: _("This tells how somebody felt to the writer."),
        lambda: _("Say what was said or done that gave the impression."),
    ),
    WordKind.PROTECTED_GROUND: (
        lambda: _("This touches a ground of discrimination."),
        lambda: _("Leave it out, unless the word means something else here."),
    ),
}
