"""Languages by name, in the reader's own."""

from __future__ import annotations

from django.utils.translation import gettext as _


def language_in_words(language: str) -> str:
    """What is no code of ours was written in words, and stands as it is."""
    return {"sv": _("Swedish"), "en": _("English")}.get(language, language)
