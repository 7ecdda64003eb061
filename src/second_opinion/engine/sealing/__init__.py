"""Commitments and the Merkle tree: hashes that prove what was there, and say nothing of it."""

from second_opinion.engine.sealing.commitment import NONCE_LENGTH, TAG, commitment, is_committed
from second_opinion.engine.sealing.consistency import ConsistencyProof, consistency_proof
from second_opinion.engine.sealing.frontier import Frontier, Subtree
from second_opinion.engine.sealing.inclusion import InclusionProof, inclusion_proof
from second_opinion.engine.sealing.tree import (
    MerkleTree,
    Subtrees,
    leaf_hash,
    node_hash,
    root_of,
)

__all__ = [
    "NONCE_LENGTH",
    "TAG",
    "ConsistencyProof",
    "Frontier",
    "InclusionProof",
    "MerkleTree",
    "Subtree",
    "Subtrees",
    "commitment",
    "consistency_proof",
    "inclusion_proof",
    "is_committed",
    "leaf_hash",
    "node_hash",
    "root_of",
]
