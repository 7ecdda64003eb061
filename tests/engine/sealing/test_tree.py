"""Roots against published ones; proofs against every forgery that is easy to think of."""

import csv
from dataclasses import replace
from itertools import combinations_with_replacement
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.sealing import (
    Frontier,
    MerkleTree,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
)

REFERENCE = Path(__file__).parents[2] / "reference" / "merkle_tree"
ENTRIES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
MOST = 40


def tree_of(size):
    return MerkleTree(leaf_hash(number.to_bytes(4)) for number in range(size))


def published():
    with (REFERENCE / "roots.csv").open(newline="") as file:
        return [(int(row["size"]), row["root"]) for row in csv.DictReader(file)]


def published_proofs():
    with (REFERENCE / "proofs.csv").open(newline="") as file:
        return [
            (int(row["first"]), int(row["second"]), row["path"].split())
            for row in csv.DictReader(file)
        ]


@pytest.mark.parametrize(("first", "second", "path"), published_proofs())
def test_the_proof_between_two_heads_is_the_published_one(first, second, path):
    whole = MerkleTree(leaf_hash(entry) for entry in ENTRIES)

    proof = consistency_proof(whole, first, second_size=second)

    assert [one.hex() for one in proof.path] == path


@pytest.mark.parametrize(("size", "root"), published())
def test_the_root_is_the_published_one(size, root):
    whole = MerkleTree(leaf_hash(entry) for entry in ENTRIES)

    assert MerkleTree(leaf_hash(entry) for entry in ENTRIES[:size]).root().hex() == root
    assert whole.root(size).hex() == root


@given(st.lists(st.integers(0, 9), max_size=12))
def test_growing_in_steps_gives_the_tree_made_at_once(steps):
    grown, size = MerkleTree(), 0
    for step in steps:
        grown.extend(leaf_hash(number.to_bytes(4)) for number in range(size, size + step))
        size += step

    assert grown.root() == tree_of(size).root()


@pytest.mark.parametrize("size", range(MOST))
def test_the_frontier_alone_knows_the_root_and_completes_each_subtree_once(size):
    frontier, completed = Frontier(), []
    for number in range(size):
        frontier, new = frontier.with_leaf(leaf_hash(number.to_bytes(4)))
        completed += new

    tree = tree_of(size)
    assert frontier.root == tree.root()
    assert len(frontier.peaks) == size.bit_count()
    assert len({(one.level, one.index) for one in completed}) == len(completed)
    assert all(one.hash == tree.subtree(one.level, one.index) for one in completed)


@pytest.mark.parametrize("size", range(1, MOST))
def test_every_leaf_is_proved_and_only_at_its_own_place(size):
    tree = tree_of(size)

    for index in range(size):
        proof = inclusion_proof(tree, index)
        assert proof.proves(tree.leaf(index), root=tree.root())
        for elsewhere in set(range(size)) - {index}:
            moved = replace(proof, index=elsewhere)
            assert not moved.proves(tree.leaf(index), root=tree.root())
            assert not proof.proves(tree.leaf(elsewhere), root=tree.root())


@pytest.mark.parametrize(
    ("first", "second"), list(combinations_with_replacement(range(1, MOST // 2), 2))
)
def test_a_log_that_grew_is_proved_and_one_that_was_changed_is_not(first, second):
    tree = tree_of(second)
    changed = MerkleTree([leaf_hash(b"another"), *(tree.leaf(index) for index in range(1, second))])
    proof = consistency_proof(tree, first)

    assert proof.proves(tree.root(first), tree.root())
    assert not proof.proves(changed.root(first), tree.root())
    assert not proof.proves(tree.root(first), changed.root())


@given(st.integers(2, 200), st.data())
def test_a_bit_flipped_anywhere_in_a_proof_is_noticed(size, data):
    tree = tree_of(size)
    index = data.draw(st.integers(0, size - 1))
    proof = inclusion_proof(tree, index)
    hash_number = data.draw(st.integers(0, len(proof.path) - 1))
    bit = data.draw(st.integers(0, 255))
    flipped = (int.from_bytes(proof.path[hash_number]) ^ (1 << bit)).to_bytes(32)
    path = (*proof.path[:hash_number], flipped, *proof.path[hash_number + 1 :])

    assert not replace(proof, path=path).proves(tree.leaf(index), root=tree.root())


@given(st.integers(1, 100), st.data())
def test_a_proof_cut_short_or_drawn_out_is_noticed(size, data):
    tree = tree_of(size)
    first = data.draw(st.integers(1, size))
    for proof, answer in (
        (
            inclusion_proof(tree, first - 1),
            lambda p: p.proves(tree.leaf(first - 1), root=tree.root()),
        ),
        (consistency_proof(tree, first), lambda p: p.proves(tree.root(first), tree.root())),
    ):
        longer = replace(proof, path=(*proof.path, tree.root()))
        assert answer(proof)
        assert not answer(longer)
        if proof.path:
            assert not answer(replace(proof, path=proof.path[:-1]))


def test_a_node_is_not_taken_for_a_leaf():
    left, right = leaf_hash(b"a"), leaf_hash(b"b")

    assert leaf_hash(left + right) != node_hash(left, right)


@pytest.mark.parametrize(("first", "second"), [(0, 3), (4, 3), (1, 6)])
def test_sizes_that_do_not_fit_are_refused_by_name(first, second):
    with pytest.raises(ArgumentError, match=r"Sizes must be 1 to 5"):
        consistency_proof(tree_of(5), first, second_size=second)


@pytest.mark.parametrize(("index", "size"), [(5, None), (-1, None), (3, 3), (0, 6)])
def test_a_leaf_that_is_not_there_is_refused(index, size):
    with pytest.raises(ArgumentError, match="index must be 0"):
        inclusion_proof(tree_of(5), index, size=size)


def test_a_root_of_more_leaves_than_there_are_is_refused():
    with pytest.raises(ArgumentError, match="size must be 0 to the 5 leaves; got 6"):
        tree_of(5).root(6)
