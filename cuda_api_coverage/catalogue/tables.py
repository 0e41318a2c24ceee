"""The catalogue's files: tab-separated, a comment that tells their source, a line of headings, one line a record."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path

from crosswarp.cuda_api_coverage.catalogue.model import Device, Entry, Kind, Proof, State

HEADINGS = ("name", "kind", "group", "header", "since", "deprecated", "removed", "state", "refused_on", "difference", "source")
_KINDS, _STATES = {kind.value: kind for kind in Kind}, {state.value: state for state in State}  # tens of thousands are read
PROOF_HEADINGS = ("name", "device", "recorded", "tests")


def rows(path: Path) -> Iterator[list[str]]:
    """The fields of each record. Empty lines and those that begin with `#` are for readers."""
    lines = (line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
    next(lines, None)
    yield from (line.split("\t") for line in lines)


def write_rows(path: Path, comment: str, headings: Iterable[str], records: Iterable[Iterable[str]]) -> None:
    """The same, the other way."""
    lines = [f"# {line}" for line in comment.splitlines()] + ["\t".join(headings)]
    path.write_text("\n".join([*lines, *("\t".join(record) for record in records)]) + "\n", encoding="utf-8")


def comment_of(path: Path) -> str:
    """What the file says of itself, as `write_rows` takes it."""
    lines = itertools.takewhile(lambda line: line.startswith("#"), path.read_text(encoding="utf-8").splitlines())
    return "\n".join(line.removeprefix("#").removeprefix(" ") for line in lines)


def read_entries(path: Path) -> list[Entry]:
    """The records of one family, which is the file's name."""
    family = path.stem
    return [_entry(family, row) for row in rows(path)]


def write_entries(path: Path, comment: str, entries: Iterable[Entry]) -> None:
    """Write one family in the order of names."""
    write_rows(path, comment, HEADINGS, (fields(entry) for entry in sorted(entries, key=lambda entry: entry.name)))


def read_proofs(path: Path) -> Iterator[tuple[tuple[str, str], Proof]]:
    """Family and name of an entry, and one proof for it."""
    family = path.stem
    for name, device, recorded, tests in rows(path):
        yield (family, name), Proof(Device(device), tuple(tests.split(" ")), recorded == "yes")


def _entry(family: str, row: list[str]) -> Entry:
    name, kind, group, header, since, deprecated, removed, state, refused_on, difference, source = row
    devices = tuple(Device(word) for word in refused_on.split()) if refused_on else ()
    return Entry(family, name, _KINDS[kind], group, header, since, deprecated, removed, _STATES[state], devices, difference, source)


def fields(entry: Entry) -> tuple[str, ...]:
    """The record's fields in the order of `HEADINGS`."""
    return (entry.name, entry.kind.value, entry.group, entry.header, entry.since, entry.deprecated, entry.removed,
            entry.state.value, " ".join(device.value for device in entry.refused_on), entry.difference, entry.source)
