"""Chosen entries of a published vocabulary, read into a provider's own: all of them or none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Organisation, Person
from second_opinion.accounts.policies import require
from second_opinion.audit.services import record_event
from second_opinion.ingest.esco import Skill
from second_opinion.panels import policies
from second_opinion.panels.errors import RegisterError
from second_opinion.panels.models import CompetenceImport, ImportedCompetence
from second_opinion.panels.selectors.vocabulary import last_import, newest_rows
from second_opinion.panels.services.indexing import index_vocabulary

SOURCE = "ESCO"
AT_ONCE = 500  # entries in memory
SAME = ("sv", "en", "also_sv", "also_en", "means_sv", "means_en")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadIn:
    """How many entries are new, are worded otherwise now, and were there just so."""

    new: int
    changed: int
    same: int


@transaction.atomic
def read_in_competences(
    *,
    actor: Person | None,
    provider: Organisation,
    release: str,
    fingerprint: str,
    skills: Iterable[Skill],
) -> ReadIn:
    """Add what is not there yet, and what is worded otherwise; without an actor, the operator.

    The same again changes nothing and leaves no trace. A fault in the files, found at whatever
    row, leaves all as it was.

    fingerprint : SHA-256 of the files that the skills come from
    """
    if actor is not None:
        require(policies.may_set_rule(actor, provider))
    Organisation.objects.select_for_update().get(pk=provider.pk)  # two at once wait
    _check_release(provider, release)
    counted = {"new": 0, "changed": 0, "same": 0}
    read = CompetenceImport(
        provider=provider, source=SOURCE, release=release, fingerprint=fingerprint, author=actor
    )
    every = iter(skills)
    while some := list(islice(every, AT_ONCE)):
        if rows := list(_changed(read, provider, some, counted)):
            if read.pk is None:
                read.save()
            ImportedCompetence.objects.bulk_create(rows)
    if read.pk is not None:
        record_event(
            actor=actor,
            verb="competences.read_in",
            subject=read,
            case=None,
            details={"provider": provider.pseudonym, "sha256": fingerprint, **counted},
        )
        index_vocabulary(provider)
    return ReadIn(**counted)


def _changed(
    read: CompetenceImport,
    provider: Organisation,
    skills: Sequence[Skill],
    counted: dict[str, int],
) -> Iterator[ImportedCompetence]:
    known = newest_rows(provider, [skill.uri for skill in skills])
    for skill in skills:
        row = ImportedCompetence(
            read_in=read,
            identifier=skill.uri,
            sv=skill.sv,
            en=skill.en,
            also_sv="\n".join(skill.also_sv),
            also_en="\n".join(skill.also_en),
            means_sv=skill.means_sv,
            means_en=skill.means_en,
        )
        before = known.get(skill.uri)
        if before is None:
            counted["new"] += 1
        elif all(getattr(before, name) == getattr(row, name) for name in SAME):
            counted["same"] += 1
            continue
        else:
            counted["changed"] += 1
        yield row


def _check_release(provider: Organisation, release: str) -> None:
    """An older one would undo what a newer one corrected."""
    last = last_import(provider, SOURCE)
    if last is not None and _parts(release) < _parts(last.release):
        raise RegisterError(
            _("%(last)s was read in before, and %(release)s is older. Nothing was saved.")
            % {"last": last, "release": release}
        )


def _parts(release: str) -> list[int]:
    return [int(part) for part in release.split(".")]
