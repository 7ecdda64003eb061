"""ESCO's skills in a provider's vocabulary: with where they come from, once, and whole or not."""

import pytest
from django.db import DatabaseError, transaction

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.audit.models import Event
from second_opinion.ingest.errors import EscoFileError
from second_opinion.ingest.esco import Skill
from second_opinion.panels import services, tasks
from second_opinion.panels.analysis import suggestions_for
from second_opinion.panels.errors import RegisterError
from second_opinion.panels.models import CompetenceImport, ImportedCompetence, VocabularyIndex
from second_opinion.panels.selectors.assessors import Shown, ShownCompetence
from second_opinion.panels.selectors.vocabulary import vocabulary_of
from second_opinion.panels.services import ReadIn
from second_opinion.panels.states import Level, Proof
from tests import factories
from tests.esco_files import uri

pytestmark = pytest.mark.django_db

ORGANS = Skill(
    uri=uri(1), sv="stämma orglar", en="tune organs", also_sv=("orgelstämning",), means_en="So."
)
COMETS = Skill(uri=uri(2), sv="väga kometer", en="weigh comets")
KEY = f"esco:skill/{uri(1).rpartition('/')[2]}"


@pytest.fixture
def cast():
    return factories.Cast()


def read(cast, *skills, release="1.2.0", **how):
    given = {"actor": None, "provider": cast.provider, "fingerprint": "ab" * 32, "skills": skills}
    return services.read_in_competences(release=release, **given | how)


def test_an_entry_keeps_its_identifier_its_labels_and_the_release_it_was_read_from(cast):
    read(cast, ORGANS)

    entry = vocabulary_of(cast.provider)[KEY]

    assert (entry.identifier, entry.source) == (uri(1), "ESCO 1.2.0")
    assert entry.labels == ("stämma orglar", "tune organs", "orgelstämning")
    assert (entry.means_sv, entry.means_en) == ("", "So.")
    assert KEY not in vocabulary_of(factories.make_organisation("Another"))
    event = Event.objects.get(verb="competences.read_in")
    assert (event.actor, event.details["new"]) == (None, 1)


def test_the_same_again_changes_nothing_and_leaves_no_trace(cast):
    read(cast, ORGANS, COMETS)

    assert read(cast, ORGANS, COMETS) == ReadIn(new=0, changed=0, same=2)
    assert (CompetenceImport.objects.count(), ImportedCompetence.objects.count()) == (1, 2)
    assert Event.objects.filter(verb="competences.read_in").count() == 1


def test_a_later_release_takes_its_place_under_the_same_key_and_no_older_one_does(cast):
    read(cast, ORGANS, COMETS)
    tuned = Skill(uri=uri(1), sv="stämma kyrkorglar", en="tune church organs")

    assert read(cast, tuned, COMETS, release="1.10.0") == ReadIn(new=0, changed=1, same=1)

    assert vocabulary_of(cast.provider)[KEY].sv == "stämma kyrkorglar"
    assert vocabulary_of(cast.provider, keys=[KEY])[KEY].source == "ESCO 1.10.0"
    with pytest.raises(RegisterError, match=r"ESCO 1\.10\.0 was read in before, and 1\.9"):
        read(cast, ORGANS, release="1.9")


def test_a_fault_at_the_last_row_leaves_everything_as_it_was(cast, monkeypatch):
    monkeypatch.setattr("second_opinion.panels.services.reading_in.AT_ONCE", 1)

    def torn():
        yield ORGANS
        yield COMETS
        raise EscoFileError(place="skills_en.csv, row 4", found="Torn.", mend="Mend it.")

    with pytest.raises(EscoFileError):
        read(cast, skills=torn())

    assert not ImportedCompetence.objects.exists()
    assert not Event.objects.filter(verb="competences.read_in").exists()


def test_what_was_read_in_is_suggested_shown_and_never_changed(cast):
    read(cast, ORGANS)

    (found,) = suggestions_for("orgelstämning", cast.provider)
    services.save_assessor(
        actor=cast.assessor,
        assessor=cast.assessor,
        provider=cast.provider,
        shown=Shown(competences=(ShownCompetence(key=KEY, level=Level.EXPERT, proof=Proof.CASES),)),
    )

    assert found.entries[0].key == KEY
    for rows in (ImportedCompetence.objects, CompetenceImport.objects):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        ImportedCompetence.objects.update(sv="x")


def test_only_a_coordinator_or_the_operator_reads_in(cast):
    assert read(cast, ORGANS, actor=cast.coordinator).new == 1
    with pytest.raises(NotAllowedError, match="Only a coordinator"):
        read(cast, COMETS, actor=cast.assessor)


def test_what_suggestions_search_by_is_worked_out_when_it_is_read_in_and_not_by_a_reader(
    cast, monkeypatch
):
    read(cast, ORGANS, COMETS)

    def slow(*_arguments):
        raise AssertionError("A reader waits.")

    monkeypatch.setattr("second_opinion.panels.analysis.vocabularies._all_of", slow)
    (found,) = suggestions_for("orgelstämning", cast.provider)
    services.enter_competence(
        actor=cast.coordinator, provider=cast.provider, sv="Glasblåsning", en="Glass blowing"
    )
    (own,) = suggestions_for("glasblåsning", cast.provider)

    assert found.entries[0].key == KEY
    assert own.entries[0].sv == "Glasblåsning"


def test_an_index_of_something_else_is_not_used_and_the_worker_makes_it_anew(cast, monkeypatch):
    read(cast, ORGANS)
    kept = VocabularyIndex.objects.get()
    tasks.index_vocabularies()
    assert VocabularyIndex.objects.get().made_of == kept.made_of

    monkeypatch.setattr("second_opinion.panels.analysis.vocabularies.FORM", 2)
    VocabularyIndex.objects.update(content=b"of another form")
    (found,) = suggestions_for("orgelstämning", cast.provider)
    tasks.index_vocabularies()

    assert found.entries[0].key == KEY
    assert VocabularyIndex.objects.get().made_of != kept.made_of
    assert bytes(VocabularyIndex.objects.get().content) != b"of another form"


def test_a_later_release_is_searched_at_once(cast):
    read(cast, ORGANS)
    suggestions_for("orgelstämning", cast.provider)

    read(cast, COMETS, release="1.3.0")

    assert suggestions_for("väga kometer", cast.provider)[0].entries[0].sv == "väga kometer"
    assert suggestions_for("orgelstämning", cast.provider)[0].entries[0].key == KEY
