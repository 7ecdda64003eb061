"""A logo that may stand in reports: looked through once, when the program starts.

A picture is decoded and encoded anew, so that nothing but the picture is left. A drawing is
refused if it holds anything that runs, or that lies elsewhere.
"""

from __future__ import annotations

import base64
import io
import re
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from PIL import Image, ImageOps

MOST_BYTES = 1_000_000
MOST_PIXELS = 16_000_000
_SIZE = (1200, 400)  # pixels kept of a picture: sharp at four centimetres of width
_PICTURES = ("PNG", "JPEG")
_RUNS = {"script", "foreignObject", "iframe", "animate", "set", "animateTransform", "handler"}
_ELSEWHERE = re.compile(r"url\(\s*[\"']?(?!#)|@import", re.IGNORECASE)
_WITHIN = re.compile(r"#|data:image/(png|jpeg);base64,", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Logo:
    """An SVG drawing; a picture stands in one."""

    svg: str

    @property
    def address(self) -> str:
        """The drawing as a data address, for an img element: nothing in one can run."""
        return "data:image/svg+xml;base64," + base64.b64encode(self.svg.encode()).decode()


class LogoError(ValueError):
    """Why a file cannot be the logo, in a sentence."""


def read_logo(path: Path) -> Logo:
    """The logo in a PNG, JPEG or SVG file.

    Raises
    ------
    LogoError : no such file, too large, broken, or an SVG with scripts or references elsewhere
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise LogoError(f"{path} cannot be read ({error.strerror})") from error
    if len(content) > MOST_BYTES:
        raise LogoError(
            f"{path} has {len(content) / 1e6:.1f} MB, and the limit is {MOST_BYTES / 1e6:.0f} MB; "
            "save it smaller"
        )
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _drawing(path, content)
    return _picture(path, content)


def _picture(path: Path, content: bytes) -> Logo:
    try:
        with Image.open(io.BytesIO(content), formats=_PICTURES) as image:
            if image.width * image.height > MOST_PIXELS:
                raise LogoError(
                    f"{path} has {image.width} by {image.height} pixels, and the limit is "
                    f"{MOST_PIXELS // 1_000_000} million; save it smaller"
                )
            upright = ImageOps.exif_transpose(image).convert("RGBA")
    except LogoError:
        raise
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise LogoError(
            f"{path} is no PNG, JPEG or SVG that can be read; save it anew as one of them"
        ) from error
    upright.thumbnail(_SIZE)
    upright.info.clear()
    written = io.BytesIO()
    upright.save(written, format="PNG")
    data = base64.b64encode(written.getvalue()).decode()
    width, height = upright.size
    return Logo(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}"><image width="{width}" height="{height}" '
        f'href="data:image/png;base64,{data}"/></svg>'
    )


def _drawing(path: Path, content: bytes) -> Logo:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise LogoError(f"{path} has a document type, which may refer elsewhere; save it without")
    try:
        text = content.decode("utf-8-sig")
        root = ElementTree.fromstring(text)  # noqa: S314 - no document type, so no entities
    except (UnicodeDecodeError, ElementTree.ParseError) as error:
        raise LogoError(f"{path} is no SVG that can be read ({error})") from error
    if _name(root.tag) != "svg" or not (root.get("viewBox") or root.get("width")):
        raise LogoError(f"{path} is no SVG drawing with a viewBox; save it anew as one")
    for element in root.iter():
        _look_through(path, element)
    return Logo(text)


def _look_through(path: Path, element: ElementTree.Element) -> None:
    name = _name(element.tag)
    if name in _RUNS:
        raise LogoError(f"{path} holds <{name}>, and a logo may hold nothing that runs or moves")
    if _ELSEWHERE.search(element.text or ""):
        raise LogoError(f"{path} refers elsewhere in <{name}>; put everything into the file")
    for attribute, value in element.attrib.items():
        short = _name(attribute)
        if short.lower().startswith("on"):
            raise LogoError(f"{path} holds {short}=, and a logo may hold nothing that runs")
        is_reference = short in {"href", "src"} and not _WITHIN.match(value.strip())
        if is_reference or _ELSEWHERE.search(value):
            raise LogoError(
                f"{path} refers elsewhere in <{name} {short}=…>; put everything into the file"
            )


def _name(tag: object) -> str:
    """A tag or attribute without its namespace; a comment has none."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
