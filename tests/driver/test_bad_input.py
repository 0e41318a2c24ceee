"""Whatever is wrong with the files, the disk or the machine: a clear word, no half output, and the next build is right."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import struct
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from crosswarp.driver.foreign_objects import linker_hint
from crosswarp.runtime_shim.fatbin.writer import FatBinary
from crosswarp.support.elf import FATBIN_SECTION, section_bytes
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.driver.workplace import FAKE_NVCC, Nvcc, names

KERNEL = "__global__ void fill(int *p) { *p = 1; }\nint main() { fill<<<1, 1>>>(nullptr); return 0; }\n"


def is_whole(path: Path) -> bool:
    """Whether an object or a program holds its one image."""
    return [entry.arch for entry in FatBinary.read(section_bytes(path.read_bytes(), FATBIN_SECTION)).entries] == ["gfx1100"]


def nvidias_object(folder: Path, name: str, section: str) -> None:
    """An object as NVIDIA's nvcc makes them: its fat binary's magic in the section of that name."""
    content = struct.pack("<IHHQ", 0xBA55ED50, 1, 16, 0)
    text = f'__asm__(".section {section},\\"a\\"\\n.byte {",".join(map(str, content))}\\n");'
    (folder / f"{name}.c").write_text(text)
    subprocess.run(["g++", "-x", "c", "-c", f"{name}.c", "-o", f"{name}.o"], cwd=folder, check=True)
    (folder / f"{name}.c").unlink()


def run(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The compiler with fake targets, as a program of its own."""
    return subprocess.run([*FAKE_NVCC, *words], cwd=folder, env={**os.environ, **environment},
                          capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def spoiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with files of every kind that something is wrong with."""
    tmp_path = tmp_path_factory.mktemp("spoiled")
    (tmp_path / "x.cu").write_text(KERNEL)
    assert run(tmp_path, "-dc", "x.cu", "-o", "later.o", "-arch=gfx1100").returncode == 0
    assert run(tmp_path, "-fatbin", "x.cu", "-o", "good.fatbin", "-arch=gfx1100").returncode == 0
    later, fatbin = (tmp_path / "later.o").read_bytes(), (tmp_path / "good.fatbin").read_bytes()
    (tmp_path / "cut.o").write_bytes(later[: len(later) // 2])
    at = later.rindex(b"CWFATBIN")
    (tmp_path / "newer.o").write_bytes(later[: at + 8] + b"\x63" + later[at + 9 :])
    (tmp_path / "cut.fatbin").write_bytes(fatbin[:100])
    (tmp_path / "newer.fatbin").write_bytes(fatbin[:8] + b"\x63" + fatbin[9:])
    (tmp_path / "empty.fatbin").write_bytes(b"")
    (tmp_path / "text.cubin").write_text("no machine code\n")
    (tmp_path / "cut.a").write_bytes(b"!<arch>\nx.o/            0           0     0     644     99999     `\n\x7fELF")
    (tmp_path / "folder.o").mkdir()
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "loop.cu").symlink_to("loop.cu")
    nvidias_object(tmp_path, "theirs", ".nv_fatbin")
    nvidias_object(tmp_path, "theirs_later", "__nv_relfatbin")
    return tmp_path


@pytest.mark.skipif(shutil.which("g++") is None, reason="g++ is not installed")
@pytest.mark.parametrize(("words", "said"), [
    (["cut.o", "-o", "app"], "'cut.o': no section table [CW2009]"),
    (["newer.o", "-o", "app"], "'newer.o': fat binary version 99, expected 1 [CW2009]"),
    (["cut.a", "later.o", "-o", "app"], "'cut.a': damaged static library"),
    (["folder.o", "-o", "app"], "'folder.o': Is a directory [CW2012]"),
    (["absent.o", "-o", "app"], "no such file: 'absent.o' [CW2005]"),
    (["theirs.o", "-o", "app"], "'theirs.o' was compiled by NVIDIA's nvcc [CW2015]\n  help: compile it again"),
    (["later.o", "theirs_later.o", "-o", "app"], "'theirs_later.o' was compiled by NVIDIA's nvcc [CW2015]"),
    (["-nodlink", "later.o", "-o", "app"], "help: device code compiled with -dc or -rdc=true has not been linked"),
    (["-fatbin", "cut.fatbin", "-o", "app"], "'cut.fatbin': truncated fat binary"),
    (["-fatbin", "newer.fatbin", "-o", "app"], "'newer.fatbin': fat binary version 99, expected 1"),
    (["-fatbin", "empty.fatbin", "-o", "app"], "'empty.fatbin' has no device code"),
    (["-fatbin", "text.cubin", "-o", "app"], "'text.cubin' has no device code"),
    (["-c", "loop.cu"], "no such file: 'loop.cu'"),
    (["-c", "x.cu", "-o", "loop"], "cannot write 'loop': Too many levels of symbolic links"),
    (["-c", "x.cu", "-o", "folder.o"], "cannot write 'folder.o': it is a folder"),
    (["-c", "x.cu", "-o", "later.o/x.o"], "cannot write 'later.o/x.o': Not a directory"),
    (["-c", "x.cu", "-keep-dir", "later.o"], "cannot create 'later.o': File exists"),
    (["x.cu", "-o", "app", "-ccbin", "no-such-g++"], "host compiler not found: no-such-g++ [CW1101]"),
], ids=lambda value: " ".join(value) if isinstance(value, list) else None)
def test_files(fake_nvcc: Nvcc, spoiled: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], *,
               words: list[str], said: str):
    monkeypatch.chdir(spoiled)
    before = names(spoiled)
    assert fake_nvcc(*words, "-arch=gfx1100") == 1
    captured = capfd.readouterr()
    assert said in captured.err and captured.out == "" and "Traceback" not in captured.err
    assert names(spoiled) == before


@settings(max_examples=15, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(flips=st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 7)), min_size=1, max_size=4), cut=st.floats(0, 1),
       near=st.booleans())
def test_damaged_objects_are_linked_or_refused(fake_nvcc: Nvcc, spoiled: Path, capfd: pytest.CaptureFixture[str], *,
                                               flips: list[tuple[float, int]], cut: float, near: bool):
    """Bits of an object with relocatable device code are wrong, or its end is missing: no bug of ours, no half output."""
    data = bytearray((spoiled / "later.o").read_bytes())
    start = data.rindex(b"CWFATBIN") if near else 0
    for place, bit in flips:
        data[start + int(place * (len(data) - start))] ^= 1 << bit
    if cut > 0.8:
        del data[int((cut - 0.8) * 5 * len(data)) :]
    Path("damaged.o").write_bytes(data)
    code = fake_nvcc("-dlink", "damaged.o", "-arch=gfx1100", "-o", "linked.o")
    assert code in (0, 1), capfd.readouterr().err
    assert Path("linked.o").exists() == (code == 0)
    Path("linked.o").unlink(missing_ok=True)


@pytest.mark.parametrize("name", ["with space", "it's \"quoted\"", "ümläut-核", "n" * 250, "-dash", "a$b`c", "per%cent#"])
def test_names_of_files(fake_nvcc: Nvcc, tmp_path: Path, name: str):
    folder = tmp_path / name
    folder.mkdir()
    source = folder / f"{name[:251]}.cu"
    source.write_text(KERNEL)
    output = folder / f"{name[:251]}.o"
    assert fake_nvcc("-c", source, "-o", output, "-arch=gfx1100", "-MD") == 0
    assert is_whole(output) and names(folder) == sorted({source.name, output.name, output.with_suffix(".d").name})


@pytest.mark.parametrize(("message", "hint"), [
    ("x.o: undefined reference to `__cudaRegisterLinkedBinary__nv_1'", "has not been linked: leave -nodlink out"),
    ("x.o: undefined reference to `cublasCreate_v2'", "libraries beside the runtime"),
    ("/usr/bin/ld: cannot find -lcufft: No such file or directory", "libraries beside the runtime"),
    ("ld.lld: error: unable to find library -lcudnn", "libraries beside the runtime"),
    ("ld.lld: error: undefined symbol: hipMalloc", "-lamdhip64"),
    ("x.o: undefined reference to `__cudaGetKernel'", "an object of NVIDIA's nvcc"),
    ("x.o: undefined reference to `solve'", ""),
])
def test_hints_beside_a_linkers_words(message: str, hint: str):
    said = linker_hint(message)
    assert (hint in said and said.startswith("\n  help: ")) if hint else said == ""


@pytest.mark.parametrize("name", ["cublas_v2.h", "cudnn.h"])
def test_headers_of_other_libraries(fake_nvcc: Nvcc, source: Path, capfd: pytest.CaptureFixture[str], name: str):
    source.write_text(f"#include <{name}>\n")
    assert fake_nvcc("-c", source, "-arch=gfx1100") == 1
    text = capfd.readouterr().err
    assert f"'{name}' file not found" in text and "libraries beside the runtime, which Crosswarp does not provide" in text


def test_no_host_compiler(source: Path, tmp_path: Path):
    """What to install is said once; the bundled compiler serves meanwhile."""
    (tmp_path / "bin").mkdir()
    environment = {"PATH": str(tmp_path / "bin"), "CROSSWARP_CACHE_DIR": str(tmp_path / "cache")}
    first, second = (run(tmp_path, "-c", "x.cu", "-arch=gfx1100", "-o", f"{name}.o", **environment) for name in "ab")
    assert (first.returncode, second.returncode) == (0, 0), first.stderr
    assert first.stderr.startswith("crosswarp: note: no g++ on PATH") and "apt install g++" in first.stderr
    assert second.stderr == "" and is_whole(tmp_path / "a.o") and is_whole(tmp_path / "b.o")


def test_one_output_of_two_commands(source: Path, tmp_path: Path):
    command = [*FAKE_NVCC, "-c", "x.cu", "-arch=gfx1100", "-o", "x.o"]
    environment = {**os.environ, "CROSSWARP_CACHE": "off"}
    running = [subprocess.Popen(command, cwd=tmp_path, env=environment) for _ in range(2)]
    assert [process.wait() for process in running] == [0, 0]
    assert is_whole(tmp_path / "x.o") and names(tmp_path) == ["x.cu", "x.o"]


@pytest.mark.parametrize("words", [["-ptx"], ["-fatbin"], ["-c"]], ids=" ".join)
def test_standard_output(fake_nvcc: Nvcc, source: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], *,
                         words: list[str]):
    assert fake_nvcc(*words, "x.cu", "-arch=sm_80", "--targets=none", "-o", "whole") == 0
    assert fake_nvcc(*words, "x.cu", "-arch=sm_80", "--targets=none", "-o", "-") == 0
    assert capfdbinary.readouterr().out == (tmp_path / "whole").read_bytes()
    assert names(tmp_path) == ["whole", "x.cu"]


def limited(size: int) -> Callable[[], None]:
    """Files of the child may have at most `size` bytes: what is written beyond is an error, as on a full disk."""
    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    return limit


@pytest.mark.parametrize("size", [0, 3000])
def test_no_room(source: Path, tmp_path: Path, size: int):
    """Wherever the disk is full: an error, the old output and nothing else; then all is well with the same cache."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    (tmp_path / "x.o").write_text("old")
    environment = {**os.environ, "TMPDIR": str(scratch), "CROSSWARP_CACHE_DIR": str(tmp_path / "cache")}
    command = [*FAKE_NVCC, "-c", "x.cu", "-arch=gfx1100", "-o", "x.o"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False,
                          preexec_fn=limited(size))
    assert done.returncode == 1, done.stderr
    assert "error" in done.stderr and "Traceback" not in done.stderr
    assert (tmp_path / "x.o").read_text() == "old" and names(scratch) == []
    assert [name for name in names(tmp_path) if "tmp" in name] == []
    subprocess.run(command, cwd=tmp_path, env=environment, check=True)
    assert is_whole(tmp_path / "x.o")


def test_killed_at_any_moment(source: Path, tmp_path: Path):
    """SIGKILL leaves no time to clean up: what is in place is whole, and the next command does it right with the same cache."""
    environment = {**os.environ, "TMPDIR": str(tmp_path / "scratch"), "CROSSWARP_CACHE_DIR": str(tmp_path / "cache")}
    (tmp_path / "scratch").mkdir()
    command = [*FAKE_NVCC, "x.cu", "-arch=gfx1100"]
    for index in range(6):
        output = tmp_path / f"{index}.o"
        process = subprocess.Popen([*command, *(["-c"] if index % 2 else []), "-o", output.name], cwd=tmp_path, env=environment,
                                   start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.1 * (index + 1))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert not output.exists() or is_whole(output)
    done = run(tmp_path, "-c", "x.cu", "-arch=gfx1100", "-o", "last.o", **environment)
    assert (done.returncode, done.stderr) == (0, "") and is_whole(tmp_path / "last.o")


def test_leftovers_of_killed_commands_are_removed(fake_nvcc: Nvcc, source: Path, tmp_path: Path):
    """Those of processes that are gone, of the same output, and not of today's neighbours on a shared disk."""
    ended = subprocess.Popen(["true"])
    ended.wait()
    kept = {".x.o.1-0.tmp": 9999, f".x.o.{ended.pid}-1.tmp": 5, f".y.o.{ended.pid}-0.tmp": 9999, ".x.o.notes.tmp": 9999}
    for name, age in {f".x.o.{ended.pid}-0.tmp": 9999, **kept}.items():
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    assert fake_nvcc("-c", "x.cu", "-arch=gfx1100", "-o", "x.o") == 0
    assert names(tmp_path) == sorted([*kept, "x.cu", "x.o"])


@pytest.mark.parametrize("folder", ["/dev/null/cache", "/proc/cache"])
def test_cache_that_cannot_be_written(source: Path, tmp_path: Path, folder: str):
    done = run(tmp_path, "-c", "x.cu", "-arch=gfx1100", TMPDIR=str(tmp_path), CROSSWARP_CACHE_DIR=folder)
    assert (done.returncode, done.stderr) == (0, "") and is_whole(tmp_path / "x.o")
    assert names(tmp_path) == [f"crosswarp-cache-{os.getuid()}", "x.cu", "x.o"]


def test_damaged_cache_is_made_again(source: Path, tmp_path: Path):
    """Every file of the cache is spoiled in turn: emptied, cut, one bit flipped."""
    words, cache = ["-c", "x.cu", "-arch=gfx1100", "-o", "x.o"], str(tmp_path / "cache")
    assert run(tmp_path, *words, CROSSWARP_CACHE_DIR=cache).returncode == 0
    expected = (tmp_path / "x.o").read_bytes()
    damages = (lambda data: b"", lambda data: data[:-1], lambda data: data[:40] + bytes([data[40] ^ 1]) + data[41:])
    for damage in damages:
        for path in (tmp_path / "cache" / "objects").rglob("*"):
            if path.is_file() and path.stat().st_size > 40:
                path.write_bytes(damage(path.read_bytes()))
        done = run(tmp_path, *words, CROSSWARP_CACHE_DIR=cache)
        assert (done.returncode, done.stderr) == (0, "")
        assert (tmp_path / "x.o").read_bytes() == expected
