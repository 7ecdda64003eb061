"""Every kind of event that a case can have stands in the log in words."""

import re
from pathlib import Path

import second_opinion
from second_opinion.web.pages.coordinator.event_words import WORDS, words_of

ROOMS_OF_A_CASE = ("candidates", "cases", "opinions", "reports")
WRITTEN = re.compile(r'verb="([a-z_]+\.[a-z_]+)"')
OF_NO_CASE = {"rule.set"}  # the provider's own standard


def test_each_verb_of_the_rooms_of_a_case_has_words():
    sources = Path(second_opinion.__file__).parent
    verbs = {
        verb
        for room in ROOMS_OF_A_CASE
        for path in (sources / room).rglob("*.py")
        for verb in WRITTEN.findall(path.read_text(encoding="utf-8"))
    }

    assert len(verbs) > 40
    assert verbs - WORDS.keys() - OF_NO_CASE == set()


def test_a_verb_without_words_is_shown_as_it_is():
    assert words_of("case.turned_around") == "case.turned_around"
