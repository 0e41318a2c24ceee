"""Memory and several devices, on the CPU device: each part is one program under inputs/."""


def test_several_devices(build_program, run_program):
    done = run_program(build_program("devices"), CROSSWARP_CPU_DEVICES="3")
    assert (done.returncode, done.stdout) == (0, "done\n"), done.stdout + done.stderr
