"""The comparison's figures follow from the name lists, and an unlisted name is no "no"."""

import csv
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from crosswarp.cuda_api_coverage.catalogue.load import FAMILIES, Catalogue, catalogue
from crosswarp.cuda_api_coverage.catalogue.model import Device, Entry, Kind, Proof, State
from crosswarp.cuda_api_coverage.peers.compare import Ours, Theirs, comparison
from crosswarp.cuda_api_coverage.peers.peer import HERE, Peer, peers

LISTS = sorted(path.stem for path in HERE.glob("*.tsv"))
ENTRIES = (
    Entry("runtime", "a", Kind.FUNCTION, state=State.IMPLEMENTED),
    Entry("runtime", "b", Kind.FUNCTION, state=State.IMPLEMENTED, refused_on=(Device.AMD,)),
    Entry("runtime", "c", Kind.FUNCTION, state=State.REFUSED),
    Entry("runtime", "gone", Kind.FUNCTION, removed="12.0"),
    Entry("runtime", "going", Kind.FUNCTION, removed="13.0"),
    Entry("runtime", "T", Kind.TYPE),
)
PROOFS = {("runtime", "a"): (Proof(Device.CPU, ("t",)),), ("runtime", "b"): (Proof(Device.AMD, ("t",)),)}
PEER = Peer("x", "X", "", "", "", "", {("runtime", "a"): "yes", ("runtime", "c"): "no", ("runtime", "gone"): "yes"})


def table(peer: str) -> list[list[str]]:
    lines = [line for line in (HERE / f"{peer}.tsv").read_text().splitlines() if not line.startswith("#")]
    return list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]


def test_one_set_of_names_for_everyone():
    (row,) = comparison(Catalogue(ENTRIES, PROOFS, {}), [PEER])
    assert row.names == 4  # neither the type nor what 12.0 removed
    assert row.ours[Device.CPU] == Ours(implemented=2, works=1)
    assert row.ours[Device.AMD] == Ours(implemented=1, works=0)
    assert row.theirs == {"x": Theirs(listed=2, supported=1, partly=0, not_supported=1)}


def test_a_peer_without_names_of_a_family_is_left_out():
    other = Peer("y", "Y", "", "", "", "", {("driver", "a"): "yes"})
    (row,) = comparison(Catalogue(ENTRIES, PROOFS, {}), [other])
    assert row.theirs == {}


def current_functions(family: str) -> set[str]:
    kinds = ("function", "device function", "template", "member")
    there = [entry for entry in catalogue().of(family) if entry.kind.value in kinds]
    return {entry.name for entry in there if not entry.removed or int(entry.removed.split(".")[0]) > 12}


@pytest.mark.parametrize("peer", LISTS)
def test_figures_follow_from_the_list(peer):
    families = tomllib.loads((HERE / f"{peer}.toml").read_text())["lists"]
    for row in comparison():
        names = current_functions(row.family)
        words = Counter(word for key, name, word in table(peer) if row.family in families[key] and name in names)
        found = row.theirs.get(peer, Theirs(0, 0, 0, 0))
        assert found == Theirs(words.total(), words["yes"], words["partly"], words["no"])


@pytest.mark.parametrize("peer", peers(), ids=lambda peer: peer.key)
def test_every_peer_tells_source_date_and_meaning(peer):
    assert peer.source.startswith("https://") and peer.means and peer.about and peer.families <= set(FAMILIES)
    assert date.fromisoformat(peer.date) < date(2100, 1, 1)


@pytest.mark.parametrize("peer", LISTS)
def test_a_list_says_one_thing_of_a_name(peer):
    keys = [(key, name) for key, name, _ in table(peer)]
    assert len(keys) == len(set(keys))
    assert {word for _, _, word in table(peer)} <= {"yes", "partly", "no"}


def test_known_names():
    hip = next(peer for peer in peers() if peer.key == "hip")
    assert hip.says["runtime", "cudaMalloc"] == "yes"
    assert hip.says["runtime", "cudaGLMapBufferObject"] == "no"
    assert ("runtime", "nppiAdd_8u_C1RSfs") not in hip.says


def test_every_list_has_its_description():
    assert [path.stem for path in sorted(Path(HERE).glob("*.toml"))] == LISTS


def test_names_of_the_peers_are_in_the_catalogue():
    """Their lists were made by others: names that ours lacks would be gaps of it."""
    known = {entry.name for entry in catalogue().entries} | set(catalogue().forms)
    sycl = next(peer for peer in peers() if peer.key == "sycl")
    names = {name for _, name in sycl.says}
    assert len(names - known) < len(names) // 100  # removed before CUDA 12, or nobody else's
