import hashlib

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.sealing import commitment, is_committed

NONCE = bytes(range(32))
nonces = st.binary(min_size=32, max_size=32)


def test_a_commitment_is_the_hash_of_tag_zero_nonce_and_content():
    expected = hashlib.sha256(b"second-opinion/commit/v1\x00" + NONCE + b"{}").digest()

    assert commitment(b"{}", nonce=NONCE) == expected


@given(st.binary(), st.binary(), nonces)
def test_only_the_content_committed_to_is_accepted(content, other, nonce):
    assume(content != other)
    given_away = commitment(content, nonce=nonce)

    assert is_committed(content, nonce=nonce, to=given_away)
    assert not is_committed(other, nonce=nonce, to=given_away)


@given(st.binary(), nonces, nonces)
def test_the_same_content_looks_different_under_another_nonce(content, nonce, other):
    assume(nonce != other)

    assert commitment(content, nonce=nonce) != commitment(content, nonce=other)


@pytest.mark.parametrize("length", [0, 16, 33])
def test_a_nonce_of_another_length_is_refused(length):
    with pytest.raises(ArgumentError, match=f"nonce must be 32 bytes; got {length}"):
        commitment(b"{}", nonce=bytes(length))
