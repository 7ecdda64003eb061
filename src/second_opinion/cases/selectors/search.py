"""Finding cases by the words that their reader may see anyway."""

import unicodedata
from collections.abc import Sequence

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.db.models.sql.compiler import SQLCompiler

from second_opinion.cases.models import Candidacy, Case

FOLD = "second_opinion_fold"  # the name of `fold` inside SQLite
MOST_WORDS = 8
# Letters that are one of a kind in Unicode, and that many keyboards do not have.
_ALONE = {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"}
_ALONE["ß"] = "ss"
_ALONE_IN_PYTHON = str.maketrans(_ALONE)


def fold(text: str) -> str:
    """Without case and accents, so that "oberg" finds Öberg and "isik" finds Işık."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in apart if not unicodedata.combining(each)).translate(
        _ALONE_IN_PYTHON
    )


class Folded(Func):
    """`fold` inside the database: SQLite calls the function above, PostgreSQL has its own parts.

    The collation says how letters become small, whatever locale the database was made with.
    """

    function = FOLD
    output_field = TextField()

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, Sequence[object]]:
        instead = "".join(f", '{letter}', '{plain}')" for letter, plain in _ALONE.items())
        apart = 'lower(normalize(%(expressions)s, NFKD) COLLATE "und-x-icu")'
        bare = rf"regexp_replace({apart}, '[\u0300-\u036f]', '', 'g')"
        template = "replace(" * len(_ALONE) + bare + instead
        return self.as_sql(compiler, connection, template=template)


def matching(cases: QuerySet[Case], words: str) -> QuerySet[Case]:
    """Those of the cases that hold every word: in role, reference, client or a candidate's name."""
    written = Concat("role", Value(" "), "reference", Value(" "), "client__name")
    for word in words.split()[:MOST_WORDS]:
        folded = fold(word)
        named = Candidacy.objects.filter(case=OuterRef("pk")).annotate(folded=Folded(F("name")))
        cases = cases.alias(written_folded=Folded(written)).filter(
            Q(written_folded__contains=folded) | Exists(named.filter(folded__contains=folded))
        )
    return cases
