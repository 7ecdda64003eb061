"""LIX: how hard a text is to read, from the length of its sentences and its words.

Björnsson, C. H. (1968). Läsbarhet. Stockholm: Liber. For English and other languages beside
Swedish: Anderson, J. (1983). Lix and Rix. Journal of Reading, 26(6), 490-496.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

LONG_WORD = 7  # letters, and more
NEWSPAPER = 45  # a daily paper's articles lie around this

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE_ENDS = re.compile(r"[.!?:]+(?=\s|$)|\n+")


@dataclass(frozen=True, slots=True)
class Readability:
    lix: int
    words: int
    longest_sentence: int  # words

    @property
    def sentence(self) -> str:
        return _("LIX %(lix)s: %(words)s. The longest sentence has %(longest)s words.") % {
            "lix": self.lix,
            "words": _words_for(self.lix),
            "longest": self.longest_sentence,
        }


def readability_of(text: str) -> Readability:
    """LIX is words by sentence plus the percentage of words of more than six letters.

    The end of a line ends a sentence too, so that a list is not one long sentence.
    """
    sentences = [found for part in _SENTENCE_ENDS.split(text) if (found := _WORD.findall(part))]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return Readability(0, 0, 0)
    n_long = sum(len(word) >= LONG_WORD for word in words)
    lix = len(words) / len(sentences) + 100 * n_long / len(words)
    return Readability(round(lix), len(words), max(map(len, sentences)))


def _words_for(lix: int) -> str:
    """Björnsson's own scale."""
    if lix < 30:
        return _("very easy, as in books for children")
    if lix < 40:
        return _("easy, as in fiction and magazines")
    if lix < 50:
        return _("middling, as in newspapers")
    if lix < 60:
        return _("hard, as in official texts: shorten sentences, and choose shorter words")
    return _("very hard, as in regulations: shorten sentences, and choose shorter words")
