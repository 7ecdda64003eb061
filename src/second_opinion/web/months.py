"""A month as a browser sends it, 2024-05, and as it is kept: its first day."""

from datetime import date

from django.utils.translation import gettext as _


def month_from(text: str, *, what: str) -> date:
    """Raises ValueError with a sentence for the person."""
    try:
        return date.fromisoformat(f"{text.strip()[:7]}-01")
    except ValueError:
        raise ValueError(
            _("%(what)s: write year and month, as 2024-05. Nothing was saved.") % {"what": what}
        ) from None
