"""Whether this is the master key, and the folder, that the cases in the database belong to."""

from pathlib import Path

from django.conf import settings

from second_opinion.audit.services import has_case_key, opens_case_key
from second_opinion.cases.models import Case
from second_opinion.cli.doctor.findings import Finding
from second_opinion.instruments.selectors import candidacies_with_maps


def key_findings() -> list[Finding]:
    """One key is tried, the newest: all of them are wrapped with the same master key."""
    folder = Path(settings.SECOND_OPINION_KEY_FOLDER)
    try:
        keys = list(folder.glob("*.key"))
        if keys:
            newest = max(keys, key=lambda path: path.stat().st_mtime)
            return [*_of_newest(newest), *_of_maps(folder)]
    except OSError as error:
        return [_finding(f"The keys in {folder} cannot be read ({error.strerror}).", _WHICH_FOLDER)]
    if Case.objects.filter(removed_at__isnull=True).exists():
        return [_finding(f"There are cases, and no key of any case in {folder}.", _WHICH_FOLDER)]
    return []


_WHICH_FOLDER = (
    "Let SECOND_OPINION_KEY_FOLDER name the folder that holds them, readable by this user; if it "
    "is lost, restore the newest backup of keys."
)
_WHICH_KEY = (
    "Set the one that was written down when the service was set up. With another one no case can "
    "be read, and new cases would be kept under two."
)


def _of_maps(folder: Path) -> list[Finding]:
    """Each candidate whose documents were masked has a key besides, of the way back."""
    lost = [one for one in candidacies_with_maps() if not has_case_key(one)]
    if not lost:
        return []
    return [
        _finding(
            f"The maps of masked documents of {len(lost)} candidates cannot be read: no key of "
            f"theirs is in {folder}, the first {lost[0].pseudonym}.key.",
            "Restore it from the newest backup of keys. What raters read is whole without it.",
        )
    ]


def _of_newest(path: Path) -> list[Finding]:
    if opens_case_key(path.stem, path.read_bytes()):
        return []
    return [
        _finding(
            f"SECOND_OPINION_MASTER_KEY is not the one that {path} was wrapped with.", _WHICH_KEY
        )
    ]


def _finding(problem: str, mend: str) -> Finding:
    return Finding(area="keys", problem=problem, mend=mend)
