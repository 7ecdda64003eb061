"""What a report rests on is read on screen and on paper: numbers lead to notes that have them."""

import pytest

from second_opinion.cases.states import CaseState

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("medium", ["screen", "print"])
def test_notes_are_seen_with_their_numbers(medium, cast, open_browser):
    report = cast.case_in(CaseState.REPORTED).report_versions.get()
    window = open_browser(person=cast.coordinator)
    window.goto(f"/reports/{report.pseudonym}/")
    window.emulate_media(media=medium)

    notes = window.locator("li[id^=note-]")

    assert notes.count() > 1
    assert notes.last.is_visible()
    marks = notes.evaluate_all("all => all.map(one => getComputedStyle(one).listStyleType)")
    assert set(marks) == {"decimal"}
