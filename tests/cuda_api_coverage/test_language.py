"""Language features: each has a source, and the records say what the compiler makes of it."""

import sys
from pathlib import Path

import pytest
from crosswarp.cuda_api_coverage.catalogue.load import catalogue
from crosswarp.cuda_api_coverage.catalogue.model import Device, State
from crosswarp.cuda_api_coverage.catalogue.tables import rows
from crosswarp.cuda_api_coverage.derive.language import RESULTS, TARGETS, features, source

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))
import language_results

FEATURES = {feature.entry.name: feature for feature in features()}
ENTRIES = {entry.name: entry for entry in catalogue().of("language")}
REFUSED = {name for name, _, _ in rows(RESULTS)}


def test_the_table_is_read():
    assert len(FEATURES) > 190 and len(features()) == len(FEATURES)
    assert {"__shared__", "<<<>>>", "__device__ lambda", "extern __shared__", "asm", "threadIdx"} <= FEATURES.keys()


def test_each_feature_has_a_namespace_of_its_own():
    text = source([FEATURES["__half operators"], FEATURES["__global__"]])
    assert text.startswith("#include <cuda_fp16.h>\nnamespace feature_0 { // __half operators\n")
    assert "namespace feature_1 { // __global__\n" in text


@pytest.mark.parametrize(("flags", "step"), [((), 5), (("-std=c++20",), 2)], ids=["default", "c++20"])
def test_what_is_implemented_compiles_for_the_cpu(flags, step):
    chosen = [feature for name, feature in FEATURES.items() if feature.flags == flags and name not in REFUSED][::step]
    assert len(chosen) >= 10 and language_results.compiled(chosen, ["cpu"]) == ""


@pytest.mark.parametrize(("name", "target", "said"), [
    ("launches in device code", "gfx1100", "dynamic parallelism"), ("__block_size__", "cpu", "incomplete type")])
def test_refusals_name_the_feature(name, target, said):
    found = {(refused, on): words for refused, on, words in rows(RESULTS)}[name, target]
    assert said in found and language_results.compiled([FEATURES[name]], [target]) == found


def test_records_follow_the_results():
    assert ENTRIES["launches in device code"].refused_on == (Device.EMULATED, Device.AMD, Device.NVIDIA)
    assert ENTRIES["__block_size__"].state is State.ABSENT
    assert ENTRIES["__float128"].state is State.REFUSED and "__float128" in ENTRIES["__float128"].difference
    assert ENTRIES["nvstd::function"].state is State.IMPLEMENTED


@pytest.mark.slow
def test_results_are_those_of_the_compiler():
    assert sorted(language_results.results(FEATURES.values())) == [tuple(row) for row in rows(RESULTS)]


def test_every_refusal_is_of_a_feature_and_a_target():
    assert FEATURES.keys() >= REFUSED and TARGETS.keys() >= {target for _, target, _ in rows(RESULTS)}
