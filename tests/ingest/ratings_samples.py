"""What the tests of ratings files share: two shapes, a scale, and how an answer is looked at."""

import pytest

from second_opinion.engine.ratings import Scale
from second_opinion.ingest.errors import IngestError, OptionsError
from second_opinion.ingest.ratings_file import (
    CriteriaColumns,
    LongColumns,
    ScaleOption,
    read_ratings_file,
)

LONG = LongColumns(candidate="name", assessor="by", criterion="on", score="points")
WIDE = CriteriaColumns(candidate="name", assessor="by", scores=("Lead", "Count"))
ONE_TO_FIVE = (ScaleOption(None, Scale(1, 5)),)


def triples(read):
    """Every rating as (candidate, assessor, criterion) -> score."""
    table = read.ratings
    return {
        (
            table.candidate.labels[table.candidate.codes[row]],
            table.assessor.labels[table.assessor.codes[row]],
            table.criterion.labels[table.criterion.codes[row]],
        ): float(table.score[row])
        for row in range(len(table))
    }


def refusal(path, columns, *, scales=ONE_TO_FIVE, kind=IngestError, **options):
    """The sentence with which a file is refused."""
    with pytest.raises(kind) as refused:
        read_ratings_file(path, columns=columns, scales=scales, **options)
    sentence = str(refused.value)
    assert str(path) in sentence or kind is OptionsError
    assert sentence.endswith("Nothing was done.")
    return sentence
