"""What a machine can see of a page: what axe finds, and whether it scrolls sideways.

With SECOND_OPINION_PICTURES naming a folder, each page that is looked at is also drawn there, on a
phone and on a desk, in light and dark, for a person to look at.
"""

import os
from itertools import count, product
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

# Every page is looked at as it is narrowest and longest; the soak looks in the other seven ways.
ALWAYS = (("sv", "light", 360),)
SHARE = float(os.environ.get("SOAK_SHARE", "1"))
_others = sorted(set(product(("sv", "en"), ("light", "dark"), (360, 1280))) - set(ALWAYS))
WAYS = [
    *ALWAYS,
    *(pytest.param(*way, marks=pytest.mark.soak) for way in _others[: round(7 * SHARE)]),
]
in_every_way = pytest.mark.parametrize(("language", "scheme", "width"), WAYS)

PICTURES = os.environ.get("SECOND_OPINION_PICTURES")
_numbers = count(1)


def faults_of(window):
    window.wait_for_load_state()  # a click returns when its page begins to come
    if PICTURES:
        _draw(window, Path(PICTURES))
    found = [
        f"{violation['id']}: {violation['nodes'][0]['html'][:160]}"
        for violation in Axe().run(window).response["violations"]
    ]
    width = window.evaluate("document.scrollingElement.scrollWidth - window.innerWidth")
    return found + ([f"{width} pixels too wide"] if width > 0 else [])


def _draw(window, folder):
    size, number = window.viewport_size, next(_numbers)
    scheme = window.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    name = window.evaluate("document.title").split(" · ")[0].replace("/", "-")
    for width in (360, 1280):
        for colours in ("light", "dark"):
            window.set_viewport_size({"width": width, "height": 800})
            window.emulate_media(color_scheme=colours)
            path = folder / f"{number:03} {name[:60]} {width} {colours}.png"
            window.screenshot(path=path, full_page=True)
    window.set_viewport_size(size)
    window.emulate_media(color_scheme="dark" if scheme else "light")
