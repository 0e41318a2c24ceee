"""Catalogue, headers and built libraries agree, name by name."""

from dataclasses import replace

import pytest
from crosswarp.cuda_api_coverage.catalogue.load import catalogue
from crosswarp.cuda_api_coverage.catalogue.model import Entry, Kind, State
from crosswarp.cuda_api_coverage.derive.agreement import LIBRARIES, disagreements
from crosswarp.cuda_api_coverage.derive.declared_names import plain_name
from crosswarp.support.paths import library_dir

CUDART = LIBRARIES[0]


@pytest.mark.parametrize("library", LIBRARIES, ids=lambda library: library.name)
def test_nothing_disagrees(library):
    assert list(disagreements(library, library_dir(), catalogue().entries)) == []


def test_a_missing_record_is_told():
    without = [entry for entry in catalogue().entries if entry.key != ("runtime", "cudaSetDevice")]
    assert any(line.startswith("cudart/cudaSetDevice: ") for line in disagreements(CUDART, library_dir(), without))


def test_a_record_of_nothing_is_told():
    more = [*catalogue().entries, Entry("runtime", "cudaNoSuchThing", Kind.FUNCTION, state=State.REFUSED)]
    assert len([line for line in disagreements(CUDART, library_dir(), more) if "cudaNoSuchThing" in line]) == 1


def test_a_wrong_state_is_told():
    wrong = [replace(e, state=State.ABSENT) if e.key == ("runtime_types", "cudaSuccess") else e for e in catalogue().entries]
    assert list(disagreements(CUDART, library_dir(), wrong)) == ["cudart/cudaSuccess: a header declares it, and it has no record"]


@pytest.mark.parametrize("symbol", ["cuMemcpyHtoD", "cuMemcpyHtoD_v2", "cuMemcpyHtoD_v2_ptds", "cuMemcpyHtoD_ptsz"])
def test_forms_have_a_plain_name(symbol):
    assert plain_name(symbol) == "cuMemcpyHtoD"
