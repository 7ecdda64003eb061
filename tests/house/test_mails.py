"""The page of the mails says what the code sends, in both languages."""

import re
from datetime import date
from uuid import UUID

import pytest

from second_opinion.candidates.states import MailKind
from second_opinion.candidates.writing.mails import code_words, mail_words
from second_opinion.cases.states import LetterKind
from second_opinion.cases.writing.letters import letter_words
from second_opinion.reports.states import ShareMailKind
from second_opinion.reports.writing.mails import share_words
from tests.house.test_docs import page

CASE = UUID(int=0)
DAY = date(2026, 12, 29)


def test_every_mail_has_its_row_and_no_other_has():
    rows = re.findall(r"^\| `([a-z_]+)` \|", page("reference/mails.md"), re.MULTILINE)

    assert rows == [*LetterKind, *MailKind, *ShareMailKind]


@pytest.mark.parametrize("language", ["en", "sv"])
@pytest.mark.parametrize("kind", [*LetterKind, *MailKind, *ShareMailKind])
def test_the_page_holds_the_words_of_every_mail(kind, language):
    row = re.search(rf"^\| `{kind.value}` \|.*$", page("reference/mails.md"), re.MULTILINE)[0]
    words = _words(kind, language)

    said = words.body.splitlines()[0].removeprefix("2026-0001: ").strip()
    assert f"**{words.subject}.** {said}" in row


def _words(kind, language):
    if kind == MailKind.CODE:
        return code_words(language=language, code="CODE")
    if isinstance(kind, MailKind):
        return mail_words(kind, language=language, address="LINK", until=DAY)
    if isinstance(kind, ShareMailKind):
        return share_words(kind, language=language, address="LINK", code="CODE", until=DAY)
    return letter_words(kind, language=language, reference="2026-0001", case=CASE, about=CASE)
