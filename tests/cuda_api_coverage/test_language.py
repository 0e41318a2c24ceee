"""Language features: each has a source, which is compiled and run, and the records say what the compiler makes of it."""

import sys
from pathlib import Path

import pytest
from crosswarp.cuda_api_coverage.catalogue.load import catalogue
from crosswarp.cuda_api_coverage.catalogue.model import Device, State
from crosswarp.cuda_api_coverage.catalogue.tables import rows
from crosswarp.cuda_api_coverage.derive.language import RESULTS, TARGETS, features, namespace, program, source

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
    assert text.startswith("#include <cuda_fp16.h>\nnamespace language_feature {\nnamespace types___half_operators {\n")
    assert "namespace execution_space_specifiers___global {\n" in text
    assert len({namespace(feature.entry) for feature in FEATURES.values()}) == len(FEATURES)


SEPARATE = [feature for feature in FEATURES.values() if "-rdc=true" in feature.flags]
WHOLE = [feature for name, feature in FEATURES.items() if name not in REFUSED and feature not in SEPARATE]


def check_program(nvcc, folder, chosen, flags, devices):
    """Builds a program that runs every one of these features that has a result, and runs it."""
    (folder / "features.cu").write_text(program(chosen))
    nvcc(folder / "features.cu", "-o", folder / "features", "-w", *flags)
    libraries = str(Path(nvcc.words[0]).parents[1] / "lib64")
    expected = {namespace(f.entry): f"{f.result} 0 0" for f in chosen if f.result is not None}
    for device in devices:
        environment = {"CROSSWARP_DEVICE": device, "LD_LIBRARY_PATH": libraries}
        lines = [line.split(" ", 1) for line in type(nvcc)((str(folder / "features"),), environment)().stdout.splitlines()]
        assert {line[0]: line[1] for line in lines if line[0] in expected} == expected
    return len(expected)


def test_features_do_what_they_say(crosswarp_nvcc, tmp_path):
    """Those of all standards in the newest."""
    flags = ["--targets=cpu,gfx1100", "-arch=sm_90", "-std=c++23", "-extended-lambda", "-expt-relaxed-constexpr"]
    chosen = [feature for feature in WHOLE if feature.result is not None or set(feature.flags) <= set(flags)]
    assert check_program(crosswarp_nvcc, tmp_path, chosen, flags, ["cpu", "emu:gfx1100"]) > 140


def test_features_of_separate_compilation_do_what_they_say(crosswarp_nvcc, tmp_path):
    assert check_program(crosswarp_nvcc, tmp_path, SEPARATE, ["-rdc=true", "--targets=cpu,only"], ["cpu"]) == 7


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
