"""Gentle prompts beside what an assessor writes: questions to the writer, which stop nobody."""

from django.utils.translation import gettext as _

from second_opinion.cases.selectors.flags import quoted
from second_opinion.ingest.case_file import RatingEntry
from second_opinion.library.words import WordKind, words_found

FEWEST_WORDS = 5  # fewer hardly tell who did what


def prompts_for_rating(rating: RatingEntry | None) -> list[str]:
    """What to look at once more in the notes to one score, in the words of its writer."""
    if rating is None:
        return []
    notes = "\n".join(rating.evidence)
    prompts = prompts_for_text(notes)
    if rating.score is not None and rating.evidence and len(notes.split()) < FEWEST_WORDS:
        prompts.append(_("This is short for a score to rest on. What did the candidate say or do?"))
    return prompts


def prompts_for_text(text: str) -> list[str]:
    prompts = []
    if found := words_found(text, WordKind.IMPRESSION):
        prompts.append(
            _("%(words)s is an impression. What was said or done that gave it?")
            % {"words": quoted(found)}
        )
    if found := words_found(text, WordKind.PROTECTED_GROUND):
        prompts.append(
            _(
                "%(words)s may touch a protected ground of discrimination. "
                "Leave it out unless the work itself demands it."
            )
            % {"words": quoted(found)}
        )
    return prompts
