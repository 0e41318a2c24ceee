"""Names of device code: the records, the table of signatures and our headers agree."""

import sys
from pathlib import Path

import pytest
from crosswarp.cuda_api_coverage.catalogue.load import catalogue
from crosswarp.cuda_api_coverage.catalogue.model import Device, Kind, State
from crosswarp.cuda_api_coverage.derive.device_functions import families

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))
from device_declarations import declarations

FUNCTIONS = {entry.name: entry for entry in catalogue().of("device_functions")}
GROUPS = {entry.name: entry for entry in catalogue().of("cooperative_groups")}


def test_every_name_of_the_table_has_a_record():
    names = {name for family in families() for name in family.names}
    assert [name for name in sorted(names) if FUNCTIONS.get(name) is None or FUNCTIONS[name].state is not State.IMPLEMENTED] == []


def test_targets_without_a_family_refuse_its_names():
    assert FUNCTIONS["__isConstant"].refused_on == (Device.EMULATED, Device.AMD)
    assert set(FUNCTIONS["__isGridConstant"].refused_on) == {Device.CPU, Device.EMULATED, Device.AMD}
    assert FUNCTIONS["atomicExch"].refused_on == ()  # only its 128-bit form is


@pytest.mark.parametrize(("name", "kind"), [
    ("__shfl_sync", Kind.DEVICE_FUNCTION), ("uint3", Kind.TYPE), ("CUDART_INF_FP16", Kind.MACRO), ("sinf", Kind.DEVICE_FUNCTION),
    ("nvcuda::wmma::fragment", Kind.TYPE), ("tex2DLod", Kind.DEVICE_FUNCTION), ("__mbarrier_arrive", Kind.DEVICE_FUNCTION)])
def test_kinds(name, kind):
    assert FUNCTIONS[name].kind is kind and FUNCTIONS[name].state is State.IMPLEMENTED


def test_members_of_bases_and_of_inline_namespaces_are_found():
    found = declarations()
    assert found["cooperative_groups::thread_block_tile::shfl"].device
    assert found["cooperative_groups::coalesced_group::match_all"].device
    assert not any("details" in name or "__v1" in name for name in found)
    assert GROUPS["thread_block_tile::shfl"].source.endswith("cooperative_groups/tile.h")


def test_what_is_not_declared_is_absent():
    assert GROUPS["this_multi_grid"].state is State.ABSENT and GROUPS["this_multi_grid"].removed == "13.0"
    assert FUNCTIONS["__shfl"].state is State.ABSENT


def test_a_host_function_is_no_device_function():
    found = declarations()
    assert found["cudaMalloc"].device and not found["cudaHostAlloc"].device
