"""The entries as the page's scripts read them: columns of numbers into lists of texts, small enough for one file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from crosswarp.cuda_api_coverage.catalogue.load import FAMILIES, Catalogue
from crosswarp.cuda_api_coverage.catalogue.model import Device, Entry, Kind, Proof
from crosswarp.cuda_api_coverage.peers.peer import NOT_SUPPORTED, PARTLY, SUPPORTED, Peer
from crosswarp.cuda_api_coverage.report.figures import STATUSES, every_status
from crosswarp.cuda_api_coverage.report.html import DEVICE_TITLES, SIGNS
from crosswarp.cuda_api_coverage.report.use import programs
from crosswarp.cuda_api_coverage.report.versions import OWN_VERSIONS, versions

TESTS_SHOWN = 5  # of each entry and device; their number is told in any case
PEER_WORDS = ("not listed", "supported", "partly supported", "not supported")
# Columns whose texts are often the same: kept once, and a number for each entry.
_TEXTS: dict[str, Callable[[Entry], str]] = {
    "family": lambda entry: entry.family,
    "kind": lambda entry: entry.kind.value,
    "group": lambda entry: entry.group,
    "header": lambda entry: entry.header,
    "since": lambda entry: entry.since,
    "deprecated": lambda entry: entry.deprecated,
    "removed": lambda entry: entry.removed,
    "difference": lambda entry: entry.difference,
    "source": lambda entry: entry.source,
}


class Texts:
    """Numbers for texts; 0 is the empty one."""

    def __init__(self) -> None:
        self._numbers = {"": 0}

    def number(self, text: str) -> int:
        """The same for the same text."""
        return self._numbers.setdefault(text, len(self._numbers))

    def all(self) -> list[str]:
        """Every text, at its number."""
        return list(self._numbers)


def payload(of: Catalogue, repository: str, peers: Iterable[Peer] = ()) -> dict[str, Any]:
    """What `page.js` calls `DATA`.

    `columns` has for each of `_TEXTS` a list of `texts` and a number for each entry; `status` is a digit for each device, an index
    of `statuses`; these and `programs` are values, each followed by how many entries in a row have it. `proofs` has, for an entry's
    number, a list `[device, recorded, how many, numbers of tests...]` for each device. `peers` are projects with a digit for each
    entry, an index of `words`.
    """
    statuses, tests, used = every_status(of), Texts(), programs(of)
    return {
        "repository": repository,
        "devices": [[device.value, DEVICE_TITLES[device]] for device in Device],
        "statuses": [[status.value, *SIGNS[status]] for status in STATUSES],
        "families": FAMILIES,
        "versions": versions(of.entries),
        "own_versions": sorted(OWN_VERSIONS),
        "name": [entry.name for entry in of.entries],
        "documented": {i: name for i, entry in enumerate(of.entries) if (name := documented(entry)) != entry.name},
        "columns": {column: _column(of.entries, text) for column, text in _TEXTS.items()},
        "status": _runs("".join(map(str, statuses[entry.key])) for entry in of.entries),
        "programs": _runs(used.get(entry.key, 0) for entry in of.entries),
        "proofs": {i: _proofs(found, tests) for i, entry in enumerate(of.entries) if (found := of.proofs.get(entry.key))},
        "tests": tests.all(),
        "peers": [_says(peer, of.entries) for peer in peers],
        "words": PEER_WORDS,
    }


def _says(peer: Peer, entries: Iterable[Entry]) -> dict[str, str]:
    words = ["", SUPPORTED, PARTLY, NOT_SUPPORTED]
    return {"title": peer.title, "says": "".join(str(words.index(peer.says.get(entry.key, ""))) for entry in entries)}


def documented(entry: Entry) -> str:
    """What NVIDIA's documentation calls an entry: of an instruction its first word, of an option its name without dashes."""
    if entry.kind is Kind.INSTRUCTION:
        return entry.name.partition(".")[0].partition("{")[0].partition(" ")[0]
    return entry.name.lstrip("-") if entry.kind is Kind.OPTION else entry.name


def _column(entries: Iterable[Entry], text: Callable[[Entry], str]) -> dict[str, Any]:
    texts = Texts()
    return {"of": _runs(texts.number(text(entry)) for entry in entries), "texts": texts.all()}


def _runs(values: Iterable[int | str]) -> list[int | str]:
    """Each value and how often it follows itself: neighbours in the catalogue are alike."""
    return [part for value, run in groupby(values) for part in (value, len(list(run)))]


def _proofs(proofs: Iterable[Proof], tests: Texts) -> list[list[int]]:
    devices = list(Device)
    return [
        [devices.index(proof.device), int(proof.recorded), len(proof.tests), *map(tests.number, proof.tests[:TESTS_SHOWN])]
        for proof in proofs
    ]
