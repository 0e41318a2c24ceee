"""The AMD and NVIDIA devices against recording libraries (inputs/fake_gpu.c): order, arguments, ownership, choice of image."""

import pytest
from crosswarp.runtime_shim.fatbin.writer import Entry, FatBinary

from .conftest import INPUTS, LIBRARY

EVERYTHING = """\
malloc 16 -> m{m}
stream_create flags 1 priority 0 -> s{s}
event_create flags 0 -> e{e}
event_create flags 2 -> e{e2}
copy 16{h2d} s0
stream_synchronize s0
event_record e{e} s{s}
module_function M{M} add_value
launch add_value grid 2,3,4 block 8,4,2 shared 100 s{s}
event_record e{e2} s{s}
stream_wait s0 e{e2} flags 0
stream_query s{s}
copy 16{d2h} s{s}
stream_synchronize s{s}
fill 7 x8 s0
stream_synchronize s0
copy_2d 4x2 pitch 4 8 s0
stream_synchronize s0
fill_2d 1 4x2 s{s}
event_synchronize e{e2}
event_elapsed e{e} e{e2}
module_function M{M} grid_sum
occupancy 4 0
launch_cooperative grid_sum grid 2,1,1 block 4,1,1 shared 0 s2
module_global M{M} counter
copy 4{h2d} s0
stream_synchronize s0
malloc_async 32 s{s} -> m{async_}
free_async m{async_} s{s}
host_malloc 64 flags 0 -> h{h}
synchronize
host_free h{h}
event_destroy e{e}
event_destroy e{e2}
stream_destroy s{s}
synchronize
free m{m}
"""


@pytest.fixture
def run_gpu(fake, build_program, run_program, tmp_path):
    """Runs inputs/gpu.cpp on one kind of device: the result and the recorded calls."""

    def run(kind, part, entries=None, **environment):
        images = entries or [Entry(2, "gfx90a", b"AMDCODE"), Entry(3, "sm_80", b"PTXTEXT"), Entry(1, "x86-64", b"cpu")]
        (tmp_path / "gpu.fatbin").write_bytes(FatBinary(images).to_bytes())
        log = tmp_path / "calls.log"
        settings = {
            LIBRARY[kind]: str(fake(kind)),
            "CW_TEST_LOG": str(log),
            "CW_TEST_FATBIN": str(tmp_path / "gpu.fatbin"),
            "CROSSWARP_DEVICE": kind,
        }
        done = run_program(build_program("gpu"), part, **{**settings, **environment})
        return done, log.read_text().splitlines() if log.exists() else []

    return run


@pytest.mark.parametrize("kind", ["amd", "nvidia"])
def test_calls_in_order_with_their_arguments(run_gpu, kind):
    done, calls = run_gpu(kind, "everything")
    assert (done.returncode, done.stdout) == (0, "done\n"), done.stdout + done.stderr
    begin = calls.index(next(c for c in calls if c.startswith("malloc 16 ")))
    numbers = dict(zip(["m", "s", "e", "e2", "async_", "h"], range(int(calls[begin].split("m")[-1]), 1000), strict=False))
    module = next(c for c in calls if c.startswith("module_load ")).split("M")[-1]
    kinds = {"h2d": " kind 1", "d2h": " kind 2"} if kind == "amd" else {"h2d": "", "d2h": ""}
    end = calls.index(f"free m{numbers['m']}") + 1
    assert calls[begin:end] == EVERYTHING.format(**numbers, **kinds, M=module).splitlines()
    assert not [c for c in calls if c.startswith("ERROR")]


def before_reset(calls):
    """What was made and what was destroyed until the device was reset, each sorted."""
    before = calls[: calls.index("reset")]
    destroyers = ("free", "host_free", "stream_destroy", "event_destroy", "module_unload")
    destroyed = [call.split()[1] for call in before if call.split()[0] in destroyers]
    return sorted({call.split("-> ")[1] for call in before if "->" in call}), sorted(destroyed)


@pytest.mark.parametrize("kind", ["amd", "nvidia"])
def test_reset_destroys_everything(run_gpu, kind):
    done, calls = run_gpu(kind, "reset")
    assert done.returncode == 0, done.stdout + done.stderr
    made, destroyed = before_reset(calls)
    assert len(made) > 4
    assert destroyed == made
    assert not [c for c in calls if c.startswith("ERROR")]


SHARING = """\
pool_create type 1 handles 0 at 1,0 most 4096 -> p{0}
pool_set p{0} 4 = 5
pool_get 8
pool_allocate 48 p{0} s0 -> m{1}
free_async m{1} s0
pool_trim p{0} 9
pool_destroy p{0}
malloc 16 -> m{2}
synchronize
ipc_memory m{2}
ipc_open 7 flags 1 -> o{3}
ipc_close o{3}
event_create flags 6 -> e{4}
ipc_event e{4}
ipc_open_event 8 -> e{5}
event_destroy e{4}
event_destroy e{5}
synchronize
free m{2}
malloc_managed 64 flags 1 -> m{6}
advise m{6} 64 advice 1 device 0
prefetch m{6} 32 device -1 s0
synchronize
free m{6}
"""


@pytest.mark.parametrize("kind", ["amd", "nvidia"])
def test_pools_processes_and_hints(run_gpu, kind):
    done, calls = run_gpu(kind, "sharing")
    assert (done.returncode, done.stdout) == (0, "done\n"), done.stdout + done.stderr
    begin = next(i for i, call in enumerate(calls) if call.startswith("pool_create"))
    first = int(calls[begin].split("p")[-1])
    end = max(i for i, call in enumerate(calls) if call.startswith("free m")) + 1
    assert calls[begin:end] == SHARING.format(*range(first, first + 7)).splitlines()


@pytest.mark.parametrize(("kind", "first"), [("amd", 0), ("nvidia", 1)])
def test_peers(run_gpu, kind, first):
    done, calls = run_gpu(kind, "peers", CW_TEST_DEVICES="2")
    assert (done.returncode, done.stdout) == (0, "done\n"), done.stdout + done.stderr
    peer_calls = [call for call in calls if "peer" in call]
    assert peer_calls == ["enable_peer 1 flags 0", f"peer_attribute {first + 2} device 0 peer 1", "disable_peer 1"]


POOLS = """\
pool_create type 1 handles 1 at 1,0 most 0 -> p{0}
pool_set_access p{0} x1 at 1,1 flags 3
pool_get_access p{0} at 1,1
pool_export p{0} type 1 flags 0
pool_allocate 48 p{0} s0 -> m{1}
pool_export_pointer m{1}
pool_import 9 type 1 flags 0 -> p{2}
pool_import_pointer p{2} 6 -> m{3}
free_async m{3} s0
free_async m{1} s0
pool_destroy p{2}
pool_destroy p{0}
"""


@pytest.mark.parametrize("kind", ["amd", "nvidia"])
def test_pools_of_several_processes(run_gpu, kind):
    done, calls = run_gpu(kind, "pools", CW_TEST_DEVICES="2")
    assert (done.returncode, done.stdout) == (0, "done\n"), done.stdout + done.stderr
    begin = next(i for i, call in enumerate(calls) if call.startswith("pool_create"))
    first = int(calls[begin].split("p")[-1])
    assert calls[begin : begin + 12] == POOLS.format(*range(first, first + 4)).splitlines()


@pytest.mark.parametrize(("kind", "set_by_library"), [("amd", [0, 6]), ("nvidia", [0, 1, 2, 6, 1])])
def test_limits(run_gpu, kind, set_by_library):
    """On AMD GPUs the printf buffer and the device heap are the runtime's own."""
    done, calls = run_gpu(kind, "limits")
    output = "42 gpu\n42 gpu\ndone\n" if kind == "amd" else "done\n"
    assert (done.returncode, done.stdout) == (0, output), done.stdout + done.stderr
    assert [int(call.split()[1]) for call in calls if call.startswith("set_limit")] == set_by_library
    assert not [call for call in calls if call.startswith("ERROR")]
    made, destroyed = before_reset(calls)
    assert destroyed == made


@pytest.fixture(scope="session")
def library(crosswarp_nvcc, tmp_path_factory):
    path = tmp_path_factory.mktemp("library") / "observed.fatbin"
    crosswarp_nvcc("--fatbin", "--targets=gfx90a,sm_80", INPUTS / "observed.cu", "-o", path)
    return path


@pytest.mark.parametrize("kind", ["amd", "nvidia"])
def test_kernels_of_a_library(run_gpu, kind, library):
    """Their names and parameters stand in the code object's metadata or the PTX text."""
    done, _ = run_gpu(kind, "kernels", CW_TEST_LIBRARY=str(library))
    assert (done.returncode, done.stdout) == (0, "done\n"), done.stdout + done.stderr


@pytest.mark.parametrize("kind", ["amd", "nvidia"])
def test_errors_are_translated(run_gpu, kind):
    done, _ = run_gpu(kind, "errors")
    assert done.returncode == 0, done.stdout + done.stderr


def test_amd_records_are_printed_and_faults_stay(run_gpu):
    done, calls = run_gpu("amd", "services")
    assert (done.returncode, done.stdout) == (0, "42 gpu\n42 gpu\ndone\n"), done.stdout + done.stderr
    assert "k.cu:7: void k(): block: [0,0,0], thread: [3,0,0] Assertion `n < 4` failed." in done.stderr
    assert not [c for c in calls if c.startswith("ERROR")]


def test_properties(run_gpu):
    assert run_gpu("amd", "properties")[0].stdout.startswith("Fake Radeon warp 32 capability 8.0 threads 1024\n")
    assert run_gpu("nvidia", "properties")[0].stdout.startswith("Fake GeForce 0 warp 32 capability 8.6 threads 1024\n")


@pytest.mark.parametrize(
    ("kind", "archs", "chosen"),
    [
        ("amd", [(2, "gfx942"), (2, "gfx9-generic"), (2, "gfx90a")], 2),
        ("amd", [(2, "gfx942"), (3, "sm_50"), (2, "gfx9")], None),
        ("nvidia", [(3, "sm_50"), (3, "sm_80"), (3, "sm_90")], 1),
        ("nvidia", [(3, "sm_80"), (4, "sm_80"), (4, "sm_86"), (4, "sm_89")], 2),
        ("nvidia", [(4, "sm_75"), (3, "sm_86a"), (3, "sm_80a")], 1),
        ("nvidia", [(4, "sm_75"), (2, "gfx90a")], None),
    ],
)
def test_best_image_is_chosen(run_gpu, kind, archs, chosen):
    entries = [Entry(image_kind, arch, f"IMAGE{i}".encode()) for i, (image_kind, arch) in enumerate(archs)]
    done, calls = run_gpu(kind, "reset", entries)
    loaded = [call.split()[1] for call in calls if call.startswith("module_load ")]
    assert loaded[:1] == ([] if chosen is None else [f"IMAGE{chosen}"]), done.stdout + done.stderr


def test_rejected_ptx_shows_the_drivers_log(run_gpu):
    done, _ = run_gpu("nvidia", "reset", [Entry(3, "sm_80", b"broken")])
    assert "crosswarp: the NVIDIA driver rejects the device code: line 1: syntax error" in done.stderr


def test_gpu_is_preferred_only_with_an_image_for_it(run_gpu, device_object):
    cpu = Entry(1, "x86-64", device_object)
    amd = run_gpu("amd", "properties", [cpu, Entry(2, "gfx90a", b"AMDCODE")], CROSSWARP_DEVICE="")
    assert amd[0].stdout.startswith("Fake Radeon")
    none = run_gpu("amd", "properties", [cpu, Entry(2, "gfx1100", b"AMDCODE")], CROSSWARP_DEVICE="")
    assert "Fake" not in none[0].stdout
    assert none[0].returncode == 0
