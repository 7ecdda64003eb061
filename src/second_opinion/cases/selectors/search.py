"""Finding cases by the words that their reader may see anyway."""

import unicodedata
from collections.abc import Sequence

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    Aggregate,
    BooleanField,
    Expression,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Concat
from django.db.models.sql.compiler import SQLCompiler

from second_opinion.cases.models import Candidacy, Case

HOLDS = "second_opinion_holds"  # the name of `holds` inside SQLite
MOST_WORDS = 8
# Letters that are one of a kind in Unicode, and that many keyboards do not have.
_ALONE = {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"}
_ALONE["ß"] = "ss"


class _Letters(dict[int, str]):
    """What each letter becomes; one that was met once is not taken apart again."""

    def __missing__(self, code: int) -> str:
        apart = unicodedata.normalize("NFKD", chr(code))
        bare = (_ALONE.get(each, each) for each in apart if not unicodedata.combining(each))
        return self.setdefault(code, "".join(bare))


_LETTERS = _Letters()


def fold(text: str) -> str:
    """Without case and accents, so that "oberg" finds Öberg and "isik" finds Işık."""
    if text.isascii():
        return text.lower()
    return text.casefold().translate(_LETTERS)


class Folded(Func):
    """`fold` inside PostgreSQL, out of its own parts; SQLite calls the function above.

    The collation says how letters become small, whatever locale the database was made with.
    """

    output_field = TextField()

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, Sequence[object]]:
        instead = "".join(f", '{letter}', '{plain}')" for letter, plain in _ALONE.items())
        apart = 'lower(normalize(%(expressions)s, NFKD) COLLATE "und-x-icu")'
        bare = rf"regexp_replace({apart}, '[\u0300-\u036f]', '', 'g')"
        template = "replace(" * len(_ALONE) + bare + instead
        return self.as_sql(compiler, connection, template=template)


class Holds(Func):
    """Whether a text holds every one of some folded words. It is folded once, however many."""

    function = HOLDS
    output_field = BooleanField()

    def __init__(self, text: Expression, words: Sequence[str]) -> None:
        self.words = tuple(words)
        super().__init__(text, Value("\n".join(words)))

    def as_postgresql(
        self,
        compiler: SQLCompiler,
        connection: BaseDatabaseWrapper,  # noqa: ARG002  # Django's name
    ) -> tuple[str, Sequence[object]]:
        text, parameters = compiler.compile(Folded(self.get_source_expressions()[0]))
        return f"{text} LIKE ALL(%s)", [*parameters, [_pattern(word) for word in self.words]]


class _Joined(Aggregate):
    """The names of all candidates of a case, one on each line."""

    function = "group_concat"
    output_field = TextField()

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: object
    ) -> tuple[str, Sequence[object]]:
        return self.as_sql(compiler, connection, function="string_agg", **context)


def holds(text: str, words: str) -> bool:
    """`Holds` inside SQLite; words are folded, one on each line."""
    folded = fold(text)
    return all(word in folded for word in words.split("\n"))


def matching(cases: QuerySet[Case], words: str) -> QuerySet[Case]:
    """Those of the cases that hold every word: in role, reference, client or a candidate's name."""
    named = Candidacy.objects.filter(case=OuterRef("pk")).order_by().values("case")
    names = Subquery(named.annotate(names=_Joined(F("name"), Value("\n"))).values("names"))
    parts = (
        F("role"),
        F("reference"),
        F("client__name"),
        Coalesce(names, Value(""), output_field=TextField()),
    )
    return cases.filter(holding(words, *parts))


def holding(words: str, *parts: Combinable) -> Q:
    """For a query: every one of the words stands in one of these parts of a row."""
    folded = [fold(word) for word in words.split()[:MOST_WORDS]]
    if not folded:
        return Q()
    between = [each for part in parts for each in (part, Value("\n"))]
    return Q(Holds(Concat(*between, output_field=TextField()), folded))


def _pattern(word: str) -> str:
    for sign in ("\\", "%", "_"):
        word = word.replace(sign, f"\\{sign}")
    return f"%{word}%"
