"""Names, meanings and questions of the five broad scales, which several questionnaires share."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

TEXTS: Mapping[str, Mapping[str, Any]] = tomllib.loads(
    Path(__file__).with_name("five_factors.toml").read_text(encoding="utf-8")
)


def with_known_texts(scale: dict[str, Any]) -> dict[str, Any]:
    """A scale with one of the five keys gets the texts that its file leaves out."""
    return {**TEXTS.get(str(scale.get("key", "")), {}), **scale}
