"""Commented order files to start from."""

from __future__ import annotations

from importlib.resources import files

ORDER_EXAMPLES = {
    language: (files(__package__) / f"example_{language}.toml").read_text(encoding="utf-8")
    for language in ("sv", "en")
}
SEE_EXAMPLE = "`second-opinion worth --example` prints a whole file."
