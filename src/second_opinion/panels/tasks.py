"""What the worker does for this room."""

from second_opinion.panels import services


def index_vocabularies() -> None:
    """Keep ready what suggestions are searched by."""
    services.index_vocabularies()
