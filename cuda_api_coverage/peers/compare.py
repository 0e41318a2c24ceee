"""Our figures beside those of others, family by family, over one set of names: the catalogue's functions of CUDA 12.9 and 13.

A project that does not list a name has not said "no": such names are counted as not listed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from crosswarp.cuda_api_coverage.catalogue.load import FAMILIES, Catalogue, catalogue
from crosswarp.cuda_api_coverage.catalogue.model import Device, Entry, Kind, State, Status
from crosswarp.cuda_api_coverage.peers.peer import NOT_SUPPORTED, PARTLY, SUPPORTED, Peer, peers
from crosswarp.cuda_api_coverage.report.versions import OWN_VERSIONS

# What is called; types and enumerators come with the functions, and no peer publishes all of them.
CALLED = (Kind.FUNCTION, Kind.DEVICE_FUNCTION, Kind.TEMPLATE, Kind.MEMBER)
FIRST = (12, 9)  # the oldest version of CUDA whose functions count


@dataclass(frozen=True)
class Ours:
    """Of a family's functions, on one device: `works` were run by a test that passed, with or without a stated difference."""

    implemented: int
    works: int


@dataclass(frozen=True)
class Theirs:
    """Of a family's functions: those a peer's lists speak about, and what they say. `listed` is the sum of the rest."""

    listed: int
    supported: int
    partly: int
    not_supported: int


@dataclass(frozen=True)
class Row:
    """One family: how many functions it has, ours by device, and each peer by its key where it lists any of them."""

    family: str
    names: int
    ours: dict[Device, Ours]
    theirs: dict[str, Theirs]

    @property
    def title(self) -> str:
        """The family's name for readers."""
        return FAMILIES[self.family]


def current(entry: Entry) -> bool:
    """True for what CUDA 12.9 or a later version has. Libraries with versions of their own (cuDNN, NCCL) tell what is gone."""
    removed = entry.removed.split(".")
    own_versions = entry.family in OWN_VERSIONS
    return not entry.removed or (not own_versions and tuple(map(int, removed)) > FIRST)


def comparison(source: Catalogue | None = None, others: Iterable[Peer] | None = None) -> list[Row]:
    """A row for each family that has functions, in the catalogue's order. Without arguments: everything that is stored."""
    found = source or catalogue()
    against = list(peers() if others is None else others)
    called = {family: [entry for entry in found.of(family, *CALLED) if current(entry)] for family in FAMILIES}
    return [_row(found, family, entries, against) for family, entries in called.items() if entries]


def _row(source: Catalogue, family: str, entries: list[Entry], against: list[Peer]) -> Row:
    ours = {device: _ours(source, entries, device) for device in Device}
    theirs = {peer.key: counted for peer in against if (counted := _theirs(peer, entries)).listed}
    return Row(family, len(entries), ours, theirs)


def _ours(source: Catalogue, entries: list[Entry], device: Device) -> Ours:
    implemented = sum(entry.state is State.IMPLEMENTED and device not in entry.refused_on for entry in entries)
    works = sum(source.status(entry, device) in (Status.WORKS, Status.DIFFERS) for entry in entries)
    return Ours(implemented, works)


def _theirs(peer: Peer, entries: list[Entry]) -> Theirs:
    words = Counter(peer.says[entry.key] for entry in entries if entry.key in peer.says)
    return Theirs(words.total(), words[SUPPORTED], words[PARTLY], words[NOT_SUPPORTED])
