"""The accent colour by setting: readable on light and dark pages, or refused with what is."""

from __future__ import annotations

from second_opinion.drawings.colours import LEAST_CONTRAST, contrast, is_colour, nearest_readable

# Of site.css, the two papers of each scheme; print is white. A test holds them together.
LIGHT = ("#fbfaf7", "#f3f1ea", "#ffffff")
DARK = ("#14181a", "#1c2123")


def accents(text: str) -> tuple[str, ...]:
    """The accents on light and on dark pages; nothing for nothing.

    Raises
    ------
    ValueError : no colour, or one that cannot be read on its ground
    """
    given = [part.strip().lower() for part in text.split(",") if part.strip()]
    if not given:
        return ()
    if len(given) > 2 or not all(map(is_colour, given)):
        raise ValueError("must be one colour such as #0b4f5c, or two such as #0b4f5c, #86cbd3")
    light = _readable(given[0], LIGHT, "light pages and paper")
    if len(given) == 1:
        return light, nearest_readable(light, *DARK)
    return light, _readable(given[1], DARK, "dark pages")


def _readable(colour: str, grounds: tuple[str, ...], where: str) -> str:
    nearest = nearest_readable(colour, *grounds)
    if nearest == colour:
        return colour
    found = min(contrast(colour, ground) for ground in grounds)
    raise ValueError(
        f"{colour} has a contrast of {found:.1f} to 1 on {where}, and text needs "
        f"{LEAST_CONTRAST} to 1; the nearest that has it is {nearest}"
    )
