"""Figures as the reader's language writes them."""

from django.utils import formats


def figure(value: float) -> str:
    """As it was given, with the reader's decimal mark: 3, 0.86, in Swedish 0,86."""
    mark = str(formats.get_format("DECIMAL_SEPARATOR"))
    return f"{value:g}".replace("-", "\N{MINUS SIGN}").replace(".", mark)
