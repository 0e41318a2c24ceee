"""Graphs on the AMD and NVIDIA devices: where kernels' parameters lie is read from real code objects and PTX."""

import pytest

from .conftest import INPUTS, LIBRARY


@pytest.fixture(scope="session")
def program(crosswarp_nvcc, lib64, tmp_path_factory):
    path = tmp_path_factory.mktemp("graph_gpu") / "graph_gpu"
    crosswarp_nvcc(INPUTS / "graph_gpu.cu", "-o", path, env={"CROSSWARP_TARGETS": "gfx90a,sm_80,cpu"})
    return path


@pytest.mark.parametrize("kind", ["cpu", "amd", "nvidia"])
def test_captured_arguments_are_kept(program, run_program, fake, tmp_path, kind):
    log = tmp_path / "calls.log"
    library = {LIBRARY[kind]: str(fake(kind))} if kind in LIBRARY else {}
    done = run_program(program, CROSSWARP_DEVICE=kind, CW_TEST_LOG=str(log), **library)
    assert (done.returncode, done.stdout, done.stderr) == (0, "done\n", "")
    if kind == "cpu":
        return
    calls = log.read_text().splitlines()
    assert not [call for call in calls if call.startswith("ERROR")]
    launches = [call.split()[1] for call in calls if call.startswith("launch ")]
    assert launches == ["many", "none", "add_value", "add_value"] * 2


@pytest.mark.parametrize("kind", ["amd", "nvidia"])
def test_branches_meet_at_events(program, run_program, fake, tmp_path, kind):
    log = tmp_path / "calls.log"
    run_program(program, CROSSWARP_DEVICE=kind, CW_TEST_LOG=str(log), **{LIBRARY[kind]: str(fake(kind))})
    calls = log.read_text().splitlines()
    first = next(i for i, call in enumerate(calls) if call.startswith("launch many"))
    origin = calls[first].split()[-1]
    record, none, wait, add = calls[first + 1 : first + 5]
    event, lane = record.split()[1], wait.split()[1]
    assert record == f"event_record {event} {origin}"
    assert none.startswith("launch none") and none.endswith(f" {origin}")
    assert wait == f"stream_wait {lane} {event} flags 0" and lane != origin
    assert add.startswith("launch add_value") and add.endswith(f" {lane}")
    end = calls[first + 6].split()[1]
    assert calls[first + 6 : first + 8] == [f"event_record {end} {lane}", f"stream_wait {origin} {end} flags 0"]
