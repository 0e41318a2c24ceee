"""Memory and several devices, on the CPU device: each part is one program under inputs/."""

import pytest

PROGRAMS = [("devices", "3"), ("pools", "2"), ("processes", "1"), ("managed_memory", "2"), ("batches", "1"),
            ("arrays", "1"), ("settings", "1"), ("graphs_parameters", "1")]


@pytest.mark.parametrize(("program", "devices"), PROGRAMS)
def test_program(build_program, run_program, program, devices):
    done = run_program(build_program(program), CROSSWARP_CPU_DEVICES=devices)
    assert (done.returncode, done.stdout) == (0, "done\n"), done.stdout + done.stderr
