"""The fat binary's Python side: layout, round trip, and rejection of what is not one."""

import struct

import pytest
from crosswarp.runtime_shim.fatbin.writer import Entry, FatBinary, FatBinaryError, read, read_all
from hypothesis import given, settings
from hypothesis import strategies as st

ENTRIES = st.lists(
    st.builds(
        Entry,
        kind=st.sampled_from([1, 2, 4, 5]),
        arch=st.text("abcdefgx0123456789-", min_size=1, max_size=43),
        data=st.binary(max_size=300),
        cuda_arch=st.sampled_from([0, 800, 1210]),
    ),
    max_size=5,
)


def test_layout_matches_contract():
    image = FatBinary([Entry(1, "x86-64-v3", b"so"), Entry(3, "sm_80", b".version 8.1")]).to_bytes()
    assert struct.unpack_from("<8sIIQQ", image) == (b"CWFATBIN", 1, 2, len(image), 0)
    kind, compression, offset, size, full, arch = struct.unpack_from("<IIQQQ44s", image, 32)
    assert (kind, compression, size, full, arch.rstrip(b"\0")) == (1, 0, 2, 2, b"x86-64-v3")
    assert offset % 64 == 0
    assert image[offset : offset + 2] == b"so"


def test_ptx_is_nul_terminated_once():
    for text in (b".version 8.1", b".version 8.1\0"):
        assert read(FatBinary([Entry(3, "sm_80", text)]).to_bytes()).entries[0].data == b".version 8.1\0"


def test_compression_is_used_only_where_smaller():
    entries = read(FatBinary([Entry(1, "a", b"x" * 5000, True), Entry(1, "b", b"xy", True)]).to_bytes()).entries
    assert [e.compress for e in entries] == [True, False]
    assert entries[0].data == b"x" * 5000


@settings(max_examples=50, derandomize=True, deadline=None)
@given(ENTRIES)
def test_round_trip(entries):
    assert read(FatBinary(entries).to_bytes()).entries == tuple(entries)


def test_concatenated():
    one = FatBinary([Entry(1, "a", b"1")]).to_bytes()
    two = FatBinary([Entry(2, "b", b"2")]).to_bytes()
    assert [f.entries[0].arch for f in read_all(one + bytes(64) + two)] == ["a", "b"]


@pytest.mark.parametrize("entry", [Entry(0, "a", b""), Entry(6, "a", b""), Entry(1, "", b""), Entry(1, "a" * 44, b"")])
def test_writer_rejects(entry):
    with pytest.raises(FatBinaryError):
        FatBinary([entry]).to_bytes()


@pytest.mark.parametrize("cut", [0, 10, 40, 130])
def test_reader_rejects_truncated(cut):
    with pytest.raises(FatBinaryError):
        read(FatBinary([Entry(1, "a", b"1" * 100)]).to_bytes()[:cut])


def test_reader_rejects_foreign_bytes():
    image = FatBinary([Entry(1, "a", b"1")]).to_bytes()
    with pytest.raises(FatBinaryError, match="magic"):
        read(b"X" + image[1:])
    with pytest.raises(FatBinaryError, match="version"):
        read(image[:8] + b"\x07" + image[9:])
