"""A certified package carries the chain that vouches for its very bytes, and no byte of it can be another."""

import json
from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.rules.archives import members_of
from reporting.rules.certification_chain import Link, link
from reporting.rules.certified_package import CERTIFICATION, certification_file, certified_zip, standing_of
from reporting.rules.package import zipped
from reporting.rules.verify import verify_members, verify_zip
from tests.reporting.rules.test_certification_chain import CHAIN, certified_of
from tests.reporting.rules.worlds import package

PLAIN = package().content


def _chain_of(content: bytes) -> list[Link]:
    of = replace(certified_of("2020-12"), package_sha256=sha256(content).hexdigest())
    return [*CHAIN, link(6, CHAIN[-1].hash, of)]


CERTIFIED = certified_zip(PLAIN, _chain_of(PLAIN))


def test_a_certified_package_verifies_as_a_zip_and_as_a_folder_and_says_who_certified_it() -> None:
    assert verify_zip(CERTIFIED) == []
    assert verify_members(dict(sorted(members_of(CERTIFIED).items()))) == []
    assert standing_of(members_of(CERTIFIED)).startswith("Certified by B at 2020-11-09T16:00:00+00:00, approved by A")
    assert "number 6 of the district's chain" in standing_of(members_of(CERTIFIED))
    assert standing_of(members_of(PLAIN)) == "Uncertified."


def test_it_is_the_same_bytes_whenever_it_is_made_and_the_plain_files_within_it_are_untouched() -> None:
    assert certified_zip(PLAIN, _chain_of(PLAIN)) == CERTIFIED
    members = members_of(CERTIFIED)
    assert list(members)[-1] == CERTIFICATION
    del members[CERTIFICATION]
    assert zipped(members) == PLAIN


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(CERTIFIED) - 1), st.integers(0, 7))
def test_a_flipped_bit_is_found_wherever_it_lies(position: int, bit: int) -> None:
    damaged = bytearray(CERTIFIED)
    damaged[position] ^= 1 << bit
    assert verify_zip(bytes(damaged))


def test_the_certification_of_another_package_is_named() -> None:
    (difference,) = verify_zip(certified_zip(PLAIN, CHAIN))
    assert (difference.file, difference.what[:26]) == (CERTIFICATION, "certifies another package ")


def test_a_chain_that_was_cut_into_is_named() -> None:
    found = verify_zip(certified_zip(PLAIN, [CHAIN[0], *_chain_of(PLAIN)[2:]]))
    assert {each.file for each in found} == {CERTIFICATION}
    assert "it is missing" in found[0].what


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"null", b"\xff", b"[" * 100_000, b'{"chain": []}', b'{"chain": [{"content": "[]", "hash": ""}]}'],
)
def test_a_certification_that_is_none_is_named_and_crashes_nothing(content: bytes) -> None:
    (difference,) = verify_zip(zipped({**members_of(PLAIN), CERTIFICATION: content}))
    assert difference.file == CERTIFICATION


@pytest.mark.parametrize("inner", ["[]", "null", "1", '{"package": 3}'])
def test_links_of_any_form_are_named_and_crash_nothing(inner: str) -> None:
    content = certification_file([Link(inner, sha256(inner.encode()).hexdigest())])
    assert json.loads(content)
    found = verify_zip(zipped({**members_of(PLAIN), CERTIFICATION: content}))
    assert {each.file for each in found} == {CERTIFICATION}
