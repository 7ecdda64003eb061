"""Commitments and the Merkle tree: hashes that prove what was there, and say nothing of it."""

from second_opinion.engine.sealing.commitment import NONCE_LENGTH, TAG, commitment, is_committed
from second_opinion.engine.sealing.consistency import ConsistencyProof, consistency_proof
from second_opinion.engine.sealing.inclusion import InclusionProof, inclusion_proof
from second_opinion.engine.sealing.tree import MerkleTree, leaf_hash, node_hash

__all__ = [
    "NONCE_LENGTH",
    "TAG",
    "ConsistencyProof",
    "InclusionProof",
    "MerkleTree",
    "commitment",
    "consistency_proof",
    "inclusion_proof",
    "is_committed",
    "leaf_hash",
    "node_hash",
]
