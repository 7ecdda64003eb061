"""The log's tree beside the simplest log there is: a chain in which each row hashes the last."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path
from typing import Any

from second_opinion.engine.sealing import (
    MerkleTree,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
)

ROWS = [b'{"position":%d,"verb":"opinion.sealed"}' % place for place in range(100_000)]


def tree(task: str, folder: Path) -> dict[str, Any]:  # noqa: ARG001  # as all tasks
    began = time.perf_counter()
    log = MerkleTree(map(leaf_hash, ROWS))
    log.root()
    seconds = time.perf_counter() - began
    began = time.perf_counter()
    for place in range(0, len(ROWS), 100):
        inclusion_proof(log, place)
        consistency_proof(log, place + 1)
    each = 1000 * (time.perf_counter() - began) / (2 * len(range(0, len(ROWS), 100)))
    return {"seconds": seconds, "note": f"a proof in {each:.3f} ms"}


def chain(task: str, folder: Path) -> dict[str, Any]:  # noqa: ARG001
    began = time.perf_counter()
    last = b""
    for row in ROWS:
        last = hashlib.sha256(last + row).digest()
    return {"seconds": time.perf_counter() - began, "note": f"{len(ROWS):,} rows"}


TASKS = {"tree_1e5": tree, "chain_1e5": chain}
