"""Everything of cuda_api_coverage/derive/device_functions.toml is declared with its types, and code can be made of it."""

import subprocess

import pytest
from crosswarp.cuda_api_coverage.derive.device_functions import families, probe_source

FAMILIES = families()
NAMES = sorted({name for family in FAMILIES for name in family.names})
MAIN = "int main() {}\n"


def _probe(arch, target=None):
    return probe_source([f for f in FAMILIES if f.since <= arch and target not in f.without]) + MAIN


def test_the_table_is_read():
    assert len(NAMES) > 900
    assert {"__float2int_rn", "make_uchar4", "__vsetgeu2", "__hfma2_relu", "CUDART_INF_BF16", "__nv_fp8x4_e5m2"} <= set(NAMES)
    assert sum(len(f.signatures) for f in FAMILIES) > 1400


@pytest.mark.parametrize("arch", [80, 90, 100])
def test_everything_is_declared(arch, tmp_path, compile_device, compile_host):
    source = tmp_path / "probe.cu"
    source.write_text(_probe(arch))
    compile_device(source, 10 * arch)
    compile_host(source)


@pytest.mark.parametrize("family", [f for f in FAMILIES if f.since > 80], ids=lambda family: family.name)
def test_newer_names_are_free_before(family, tmp_path, compile_device):
    """A source that defines such a function itself for older processors must not meet ours."""
    source = tmp_path / "probe.cu"
    source.write_text(probe_source([family]))
    with pytest.raises(AssertionError, match="error"):
        compile_device(source, 800)


@pytest.mark.parametrize("arch", [80, 90, 100])
@pytest.mark.needs_nvcc
@pytest.mark.slow
def test_nvcc_declares_the_same(arch, tmp_path):
    source = tmp_path / "probe.cu"
    source.write_text(_probe(arch))
    done = subprocess.run(["nvcc", f"-arch=sm_{arch}", "-w", "-c", source, "-o", tmp_path / "probe.o"],
                          capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("target", "image"), [("cpu", "cpu"), ("amdgpu", "gfx942"), ("amdgpu", "gfx1100")])
def test_nothing_stays_undefined(target, image, tmp_path, crosswarp_nvcc):
    source = tmp_path / "probe.cu"
    source.write_text(_probe(80, target))
    crosswarp_nvcc(source, "-o", tmp_path / "probe", f"--targets={image}")


@pytest.mark.parametrize("arch", [80, 90])
@pytest.mark.needs_ptxas
def test_ptxas_takes_it(arch, tmp_path, crosswarp_nvcc):
    source, ptx = tmp_path / "probe.cu", tmp_path / "probe.ptx"
    source.write_text(_probe(arch, "nvptx"))
    crosswarp_nvcc("-ptx", source, "-o", ptx, f"--targets=sm_{arch}", f"-arch=sm_{arch}")
    command = ["ptxas", f"-arch=sm_{arch}", ptx, "-o", tmp_path / "probe.cubin"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
