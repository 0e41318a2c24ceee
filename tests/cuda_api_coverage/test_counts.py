"""The counts: names against the built library, and what was kept of the devices' answers against what they answer now."""

import importlib.util
from pathlib import Path

import pytest
from crosswarp.cuda_api_coverage.derive.counts import DEVICES, WORKS, observed, rows, status
from crosswarp.cuda_api_coverage.derive.declarations import declared_functions

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "observe_api.py"

def load_script():
    spec = importlib.util.spec_from_file_location("observe_api", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def recording(tmp_path_factory):
    folder = tmp_path_factory.mktemp("observe")
    load_script().build(folder)
    return folder


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.survey
def test_what_worked_works(recording, device):
    """An entry that works no longer fails here; one that works newly is written down by scripts/observe_api.py."""
    answers = load_script().answers_of(device, recording)
    now = {name: status(name, code) for name, code in answers.items()}
    lost = {name: now.get(name) for name, kept in observed()[device].items() if kept == WORKS and now.get(name) != WORKS}
    assert lost == {}


@pytest.mark.survey
def test_no_entry_crashes_or_hangs(recording):
    answers = load_script().answers_of("cpu", recording)
    assert {name: code for name, code in answers.items() if code in (-1, -2)} == {}


def test_every_name_is_declared_by_our_headers():
    declared = {function.name for function in declared_functions()}
    missing = {row.name for row in rows() if row.header == "cuda_runtime_api.h" and row.versions} - declared
    assert missing == set()


def test_every_name_is_here():
    missing = {row.name for row in rows() if not row.family and row.versions}
    assert missing == set()


def test_versions_are_those_of_the_record():
    versions = {row.name: row.versions for row in rows()}
    assert versions["cudaMalloc"] == ("12.9", "13.0")
    assert versions["cudaThreadExit"] == ("12.9",)
    assert versions["cudaMemGetMemPool"] == ("13.0",)
    assert versions["cudaBindTexture"] == versions["cudaGreenCtxCreate"] == ()
