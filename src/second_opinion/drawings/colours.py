"""Whether a colour can be read on a ground, and the nearest that can.

References
----------
W3C (2018), Web Content Accessibility Guidelines 2.1, relative luminance and contrast ratio.
"""

from __future__ import annotations

import colorsys
import re

LEAST_CONTRAST = 4.5  # of text, level AA
_STEPS = 200
_HEX = re.compile("#[0-9a-f]{6}")


def is_colour(text: str) -> bool:
    """Whether it is written as #rrggbb, in small letters."""
    return bool(_HEX.fullmatch(text))


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours, from 1 (alike) to 21 (black on white)."""
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def nearest_readable(colour: str, *grounds: str) -> str:
    """The colour itself, or the nearest of its hue that can be read on every one of the grounds.

    It is made darker on light grounds and lighter on dark ones.
    """
    is_light = _luminance(grounds[0]) > _luminance("#808080")
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(colour))
    end = 0.0 if is_light else 1.0
    for step in range(_STEPS + 1):
        nearer = lightness + (end - lightness) * step / _STEPS
        found = _written(colorsys.hls_to_rgb(hue, nearer, saturation)) if step else colour
        if all(contrast(found, ground) >= LEAST_CONTRAST for ground in grounds):
            return found
    return "#000000" if is_light else "#ffffff"


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue


def _written(channels: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)


def _luminance(colour: str) -> float:
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in _channels(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
