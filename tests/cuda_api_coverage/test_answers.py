"""What was kept of the devices' answers against what they answer now; no function that CUDA declares is without an answer."""

import importlib.util
import re
from pathlib import Path

import pytest
from crosswarp.cuda_api_coverage.calling.answers import DEVICES, WORKS, observed, status
from crosswarp.cuda_api_coverage.catalogue.load import catalogue
from crosswarp.cuda_api_coverage.catalogue.model import State
from crosswarp.cuda_api_coverage.report.versions import exists_in

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


def test_every_function_of_12_9_and_13_0_is_here():
    """Implemented or refused, that is: a program that calls it links. Windows' own are not."""
    windows = re.compile("D3D|WGL")
    missing = [entry for entry in catalogue().of("runtime") if entry.state is State.ABSENT and not windows.search(entry.name)]
    assert [entry.name for entry in missing if exists_in(entry, "12.9") or exists_in(entry, "13.0")] == []
