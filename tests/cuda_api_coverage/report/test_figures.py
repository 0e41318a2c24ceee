"""The figures of a catalogue small enough to count by hand."""

from __future__ import annotations

import json

from crosswarp.cuda_api_coverage.catalogue.load import FAMILIES, Catalogue, catalogue
from crosswarp.cuda_api_coverage.catalogue.model import Device, Entry, Kind, Status
from crosswarp.cuda_api_coverage.report.figures import PARTS, figures
from crosswarp.cuda_api_coverage.report.use import phrases, programs, use
from crosswarp.cuda_api_coverage.report.versions import exists_in, versions


def test_counts_of_each_status(small: Catalogue):
    cpu = figures(small)["total"]["devices"]["cpu"]
    assert {status.value: cpu[status.value] for status in Status} == {
        "works": 2, "works with a stated difference": 1, "untested": 4, "not supported": 1, "absent": 2,
    }
    assert (cpu["works_percent"], cpu["implemented_percent"]) == (30.0, 70.0)


def test_a_recording_library_proves_nothing(small: Catalogue):
    amd = figures(small)["total"]["devices"]["amd"]
    assert (amd["works"], amd["untested"]) == (0, 7)


def test_refused_on_one_device(small: Catalogue):
    driver = figures(small)["families"]["driver"]["devices"]
    assert (driver["nvidia"]["not supported"], driver["amd"]["untested"]) == (1, 1)


def test_usage_weighs_by_programs(small: Catalogue):
    runtime = figures(small)["families"]["runtime"]["usage"]
    assert runtime["pairs"] == 640
    assert runtime["devices"]["cpu"] == {"works_percent": 98.4, "implemented_percent": 98.4}
    assert runtime["devices"]["emulated"] == {"works_percent": 4.6, "implemented_percent": 98.4}


def test_a_name_of_several_entries_counts_as_the_weakest(small: Catalogue):
    groups = figures(small)["families"]["cooperative_groups"]["usage"]
    assert (groups["names"], groups["pairs"]) == (1, 40)
    assert groups["devices"]["cpu"] == {"works_percent": 0.0, "implemented_percent": 0.0}


def test_names_without_an_entry_are_told(small: Catalogue):
    assert figures(small)["uncatalogued"] == {"names": 1, "pairs": 100, "most": ["helper_cuda.h"]}


def test_versions(small: Catalogue):
    found = figures(small)["versions"]
    assert list(found) == ["12.9", "13.0"]
    assert found["12.9"]["families"]["runtime"]["entries"] == 5  # not yet cudaNewest
    assert found["13.0"]["families"]["runtime"]["entries"] == 5  # no longer cudaBindTexture


def test_entries_removed_before(small: Catalogue):
    gone = Entry("runtime", "gone", Kind.FUNCTION, removed="12.0")
    own = Entry("cudnn", "gone", Kind.FUNCTION, removed="8.0.5")  # cuDNN's version
    found = figures(Catalogue((*small.entries, gone, own), {}, {}))
    assert found["older"] == 2 and list(found["versions"]) == ["12.9", "13.0"]
    assert "cudnn" in found["families"] and "cudnn" not in found["versions"]["12.9"]["families"]


def test_versions_are_compared_as_numbers():
    entry = Entry("runtime", "x", Kind.FUNCTION, since="12.10", removed="13.2")
    asked = ("12.9", "12.10", "13.1", "13.2", "13.10")
    assert [version for version in asked if exists_in(entry, version)] == ["12.10", "13.1"]
    assert versions([entry]) == ["12.9", "12.10", "13.2"]


def test_percentages_are_rounded_down(small: Catalogue):
    entries = tuple(Entry("runtime", f"f{i}", Kind.FUNCTION, state=small.entries[0].state) for i in range(2000))
    nearly = Catalogue((*entries, small.entries[5]), {}, {})
    assert figures(nearly)["total"]["devices"]["cpu"]["implemented_percent"] == 99.9


def test_no_entries_at_all():
    empty = figures(Catalogue((), {}, {}))
    assert empty["total"]["entries"] == 0 and empty["families"] == {} and empty["total"]["devices"]["cpu"]["works_percent"] == 0.0


def test_the_catalogues_own_add_up():
    found = json.loads(json.dumps(figures()))
    assert found["total"]["entries"] == len(catalogue().entries)
    for summary in (found["total"], *found["families"].values()):
        for device in Device:
            assert sum(summary["devices"][device.value][status.value] for status in Status) == summary["entries"]
    assert sum(summary["entries"] for summary in found["families"].values()) == found["total"]["entries"]
    assert sum(summary["entries"] for summary in found["parts"].values()) == found["total"]["entries"]
    assert set(found["families"]) <= set(FAMILIES)


def test_every_family_is_in_one_part():
    assert sorted(family for families in PARTS.values() for family in families) == sorted(FAMILIES)


def test_phrases_stand_for_records():
    """Each is one of the usage's, and has its record."""
    keys = {entry.key for entry in catalogue().entries}
    assert [phrase for phrase, key in phrases().items() if key not in keys or phrase not in catalogue().usage] == []
    assert [entry.name for entry in use(catalogue())["triple-chevron launch <<<>>>"]] == ["<<<>>>"]


def test_a_form_of_an_instruction_is_its_records():
    found = use(catalogue())
    assert [entry.family for entry in found["ld.global.v2.u32"]] == ["ptx"]
    assert [entry.name for entry in found["cudaMalloc"]][:1] == ["cudaMalloc"]
    assert "helper_cuda.h" not in found and "mov" not in found
    assert {entry.name.rpartition("::")[2] for entry in found["mma_sync"]} == {"mma_sync"}
    assert programs(catalogue())["runtime", "cudaMalloc"] == catalogue().usage["cudaMalloc"]
