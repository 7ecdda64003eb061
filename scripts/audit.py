"""Are the packages here the ones that are locked, each held to a hash? Needs no network.

    python scripts/audit.py

What is known to be vulnerable is asked of a service on the network instead:
docs/how-to/audit-the-dependencies.md.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
LOCKED = ROOT / "requirements" / "locked.txt"
# Made with the environment itself, before anything that is locked is installed.
NOT_LOCKED = frozenset({"pip", "setuptools", "wheel", "second-opinion"})


@dataclass(frozen=True, slots=True)
class Locked:
    requirement: Requirement
    n_hashes: int

    @property
    def name(self) -> str:
        return canonicalize_name(self.requirement.name)

    @property
    def is_for_here(self) -> bool:
        """The lock is for every machine, and says by markers which version is for which."""
        return self.requirement.marker is None or self.requirement.marker.evaluate()


def main() -> None:
    locked = _locked(LOCKED.read_text(encoding="utf-8"))
    for_here = {one.name: one.requirement.specifier for one in locked if one.is_for_here}
    faults = [*_not_held(locked), *_not_as_locked(for_here), *_unlocked_wishes(for_here)]
    if faults:
        sys.exit("\n".join(faults))
    print(f"{len(for_here)} packages are locked and hashed, and those here are as locked.")


def _locked(text: str) -> list[Locked]:
    entries = re.split(r"\n(?=\S)", re.sub(r"^\s*#.*\n?", "", text, flags=re.MULTILINE).strip())
    return [
        Locked(Requirement(entry.split("\\")[0].strip()), entry.count("--hash=sha256:"))
        for entry in entries
    ]


def _not_held(locked: list[Locked]) -> Iterator[str]:
    for one in locked:
        if not one.n_hashes or [each.operator for each in one.requirement.specifier] != ["=="]:
            yield f"{one.name} is not held to one version and its hash. Run: make lock"


def _not_as_locked(locked: Mapping[str, SpecifierSet]) -> Iterator[str]:
    here = {canonicalize_name(one.metadata["Name"]): one.version for one in distributions()}
    for name, version in here.items():
        if name in NOT_LOCKED:
            continue
        if name not in locked:
            yield f"{name} {version} is installed and not locked. Run: make clean setup"
        elif version not in locked[name]:
            yield f"{name} {version} is not the locked one. Run: make clean setup"
    for name in locked.keys() - here.keys():
        yield f"{name} is locked and not installed. Run: make setup"


def _unlocked_wishes(locked: Mapping[str, SpecifierSet]) -> Iterator[str]:
    """What pyproject.toml asks for must be satisfied by what is locked."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"].values()
    for wish in map(
        Requirement,
        [*project["project"]["dependencies"], *(one for group in groups for one in group)],
    ):
        name = canonicalize_name(wish.name)
        version = next(iter(locked[name])).version if name in locked else None
        if version is None or version not in wish.specifier:
            yield f"pyproject.toml asks for {wish}, {version or 'none'} is locked. Run: make lock"


if __name__ == "__main__":
    main()
