"""What the stylesheets promise: contrast, no inline styles, one place for colours."""

import re
from itertools import product
from pathlib import Path

import pytest

from second_opinion import web

ROOM = Path(web.__file__).parent
STYLES = ROOM / "static" / "second_opinion"
TEMPLATES = ROOM / "templates"
TEXT = ("ink", "ink-2", "accent", "accent-strong", "caution")
PAPERS = ("paper", "paper-2")


def _schemes():
    css = (STYLES / "site.css").read_text()
    light, dark = re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    return {"light": _colours(light), "dark": _colours(dark)}


def _colours(block):
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


def _luminance(colour):
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(first, second):
    darker, lighter = sorted([_luminance(first), _luminance(second)])
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(("scheme", "text", "paper"), list(product(_schemes(), TEXT, PAPERS)))
def test_text_has_seven_to_one(scheme, text, paper):
    colours = _schemes()[scheme]

    assert _contrast(colours[text], colours[paper]) >= 7


@pytest.mark.parametrize(("scheme", "paper"), list(product(_schemes(), PAPERS)))
def test_lines_that_matter_have_three_to_one(scheme, paper):
    colours = _schemes()[scheme]

    assert _contrast(colours["line"], colours[paper]) >= 3


@pytest.mark.parametrize("scheme", _schemes())
def test_the_main_button_has_seven_to_one(scheme):
    colours = _schemes()[scheme]

    assert _contrast(colours["on-accent"], colours["accent"]) >= 7
    assert _contrast(colours["on-accent"], colours["accent-strong"]) >= 7


def test_light_and_dark_name_the_same_colours():
    schemes = _schemes()

    assert schemes["light"].keys() == schemes["dark"].keys()


@pytest.mark.parametrize("name", ["controls.css", "cases.css"])
def test_only_the_tokens_name_colours(name):
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgb|hsl", (STYLES / name).read_text()) == []


@pytest.mark.parametrize("path", sorted(STYLES.glob("*.css")), ids=lambda path: path.name)
def test_every_token_that_is_used_exists(path):
    defined = set(re.findall(r"(--[\w-]+):", (STYLES / "site.css").read_text() + path.read_text()))

    assert set(re.findall(r"var\((--[\w-]+)", path.read_text())) <= defined


# The report as one file carries its style inside; it is never served as a page.
PAGES = sorted(set(TEMPLATES.rglob("*.html")) - {TEMPLATES / "reports" / "standalone.html"})


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_template_is_short_and_has_no_style_or_script_of_its_own(path):
    text = path.read_text()

    assert len(text.splitlines()) <= 120
    assert re.findall(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", text) == []
