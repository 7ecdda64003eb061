"""Commented plan files to start from."""

from __future__ import annotations

from importlib.resources import files

PLAN_EXAMPLES = {
    language: (files(__package__) / f"example_{language}.toml").read_text(encoding="utf-8")
    for language in ("sv", "en")
}
