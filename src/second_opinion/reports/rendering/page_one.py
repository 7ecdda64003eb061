"""Whether the answer fits on one page of the printed report: told to its author before signing."""

from __future__ import annotations

import typst

from second_opinion.reports.rendering.brand import brand, branded
from second_opinion.reports.rendering.characters import VisibleText
from second_opinion.reports.rendering.compiler import pages_of
from second_opinion.reports.rendering.isolating import kept_apart
from second_opinion.reports.rendering.plain import as_plain
from second_opinion.reports.rendering.recent import Recent
from second_opinion.reports.writing.characters import with_every_text
from second_opinion.reports.writing.document import ReportDocument

_RECENT: Recent[int] = Recent(most=16)


def pages_of_answer(document: ReportDocument) -> int:
    """On how many pages the first chapter stands; set as in the whole report, and alone."""
    look = brand()
    return _RECENT.of((document, look), lambda: _counted(document))


def _counted(document: ReportDocument) -> int:
    visible = with_every_text(document, VisibleText().of)
    plain = branded(kept_apart(as_plain(visible), visible), brand())
    alone = plain | {"parts": plain["parts"][:1], "has_links": False}
    try:
        return pages_of(alone)
    except typst.TypstError:  # what cannot be set at all is told when the PDF is made
        return 1
