"""What is masked is called masked: no text promises that nobody is known, or that nobody errs."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROMISES = re.compile(
    r"anonym|bias[- ]free|free (?:of|from) bias|fördomsfri|avidentifiera", re.IGNORECASE
)
# Statistics speak of unbiased estimates, and Django of people who are not signed in.
NOT_PROMISES = re.compile(r"AnonymousUser|is_anonymous|anonymous_")
ENDINGS = {".py", ".html", ".po", ".md", ".toml", ".json", ".css", ".js"}
TEXTS = [
    path
    for folder in ("src", "docs")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in ENDINGS and "schemas" not in path.parts
] + [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "ARCHITECTURE.md"]


def promises_in(text):
    return PROMISES.findall(NOT_PROMISES.sub("", text))


def test_no_text_promises_more_than_a_mask_holds():
    found = {
        str(path.relative_to(ROOT)): promised
        for path in TEXTS
        if (promised := promises_in(path.read_text(encoding="utf-8")))
    }

    assert found == {}


@pytest.mark.parametrize(
    "words",
    ["Reads an anonymous CV", "Anonymiserat", "a bias-free reading", "en fördomsfri rekrytering"],
)
def test_a_promise_would_be_found(words):
    assert promises_in(words)
