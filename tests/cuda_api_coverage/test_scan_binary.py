"""What a scan says of built files: programs and libraries that this compiler made, damaged ones, and other systems'."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from crosswarp.cuda_api_coverage.catalogue.load import Catalogue
from crosswarp.cuda_api_coverage.catalogue.model import Device, Entry, Kind, State
from crosswarp.cuda_api_coverage.scan.binary import is_binary, scan_binary
from crosswarp.cuda_api_coverage.scan.elf_imports import read_imports
from crosswarp.cuda_api_coverage.scan.model import DeviceCode, FileResult, Method, ScanOptions
from crosswarp.cuda_api_coverage.scan.tree import scan
from crosswarp.support.paths import library_dir
from elftools.elf.elffile import ELFFile
from hypothesis import given, settings
from hypothesis import strategies as st

SAMPLES = Path(__file__).parents[2] / "samples"
NAMES = ("cudaMalloc", "cudaFree", "cuMemAlloc", "cuLaunchKernel", "cublasSgemm", "cudaGetDeviceProperties")
FUNCTIONS = (Entry("any", name, Kind.FUNCTION, state=State.IMPLEMENTED) for name in NAMES)
LIBRARIES = (Entry("libraries", name, Kind.LIBRARY) for name in ("cublas", "cuda", "cudart", "nvrtc"))
CATALOGUE = Catalogue((*FUNCTIONS, *LIBRARIES), {}, {})
SOURCE = """
int cudaMalloc(void **, unsigned long), cudaFree(void *), cuMemAlloc_v2(void), cublasSgemm(void), cudaNotOne(void);
int cuLaunchKernel_ptsz(void), cudaGetDeviceProperties_v2(void), culling(void);
int main(void) {
  return cudaMalloc(0, 0) + cudaFree(0) + cuMemAlloc_v2() + cublasSgemm() + cudaNotOne() + cuLaunchKernel_ptsz() +
         cudaGetDeviceProperties_v2() + culling();
}
"""
USED = ["cuLaunchKernel", "cuMemAlloc", "cublasSgemm", "cudaFree", "cudaGetDeviceProperties", "cudaMalloc"]


def clang(*words: str | Path) -> None:
    """Without a C library, which zig would have to build first."""
    plain = ("--target=x86_64-linux-gnu", "-nostdlib", "-fno-sanitize=undefined", "-Wl,-e,main")
    subprocess.run([sys.executable, "-m", "ziglang", "cc", *plain, *map(str, words)], check=True)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`x.o`, `libx.a`, and `x`, which needs a `libcudart.so.12` with versions and a `libcublas.so.12` without."""
    folder = tmp_path_factory.mktemp("built")
    source, script = folder / "x.c", folder / "versions"
    source.write_text(SOURCE)
    script.write_text("libcudart.so.12 { global: *; };")
    (folder / "rt.c").write_text("int cudaMalloc, cudaFree, cudaNotOne, cudaGetDeviceProperties_v2, culling;")
    (folder / "blas.c").write_text("int cublasSgemm, cuMemAlloc_v2, cuLaunchKernel_ptsz;")
    clang("-c", source, "-o", folder / "x.o")
    (folder / "libx.a").write_bytes(archive({"x.o/": (folder / "x.o").read_bytes()}))
    for name, extra in (("rt", [f"-Wl,--version-script={script}"]), ("blas", [])):
        library = {"rt": "libcudart.so.12", "blas": "libcublas.so.12"}[name]
        clang("-shared", folder / f"{name}.c", f"-Wl,-soname,{library}", "-o", folder / library, *extra)
    clang(folder / "x.o", folder / "libcudart.so.12", folder / "libcublas.so.12", "-o", folder / "x", "-s")
    return folder


def archive(contents: dict[str, bytes]) -> bytes:
    parts = [f"{name:<16}{0:<12}{0:<6}{0:<6}{'100644':<8}{len(data):<10}`\n".encode() + data + b"\n" * (len(data) % 2)
             for name, data in contents.items()]
    return b"!<arch>\n" + b"".join(parts)


def known(result: FileResult) -> list[str]:
    return [use.name for use in result.uses if use.known and use.entries[0].kind is Kind.FUNCTION]


def libraries(result: FileResult) -> list[str]:
    return [use.name for use in result.uses if use.known and use.entries[0].kind is Kind.LIBRARY]


@pytest.mark.parametrize("name", ["x", "x.o", "libx.a"])
def test_functions_that_are_imported(built: Path, name: str) -> None:
    result = scan_binary(built / name, CATALOGUE)
    assert known(result) == USED
    assert "cudaNotOne" in [use.name for use in result.uses if not use.known]
    assert result.problems == ()
    assert result.method is Method.SYMBOLS


def test_a_symbol_of_a_cuda_library_is_cudas_whatever_its_name(built: Path) -> None:
    """`culling` looks like no function of CUDA's; the program wants it of libcudart, the object of anything."""
    assert "culling" in [use.name for use in scan_binary(built / "x", CATALOGUE).uses]
    assert "culling" not in [use.name for use in scan_binary(built / "x.o", CATALOGUE).uses]


def test_libraries_that_are_needed(built: Path) -> None:
    result = scan_binary(built / "x", CATALOGUE)
    assert libraries(result) == ["cublas", "cudart"]
    assert result.notes == ("Needs libcudart.so.12, which Crosswarp has.", "Needs libcublas.so.12: Crosswarp has no such library.")


@pytest.mark.parametrize("file", ["libcudart.so.11.0", "libcudart-d0da41ae.so.11.0"])
def test_another_version_of_a_library_is_another_library(tmp_path: Path, file: str) -> None:
    (tmp_path / "rt.c").write_text("int cudaMalloc;")
    (tmp_path / "x.c").write_text("int cudaMalloc(void); int main(void) { return cudaMalloc(); }")
    clang("-shared", tmp_path / "rt.c", f"-Wl,-soname,{file}", "-o", tmp_path / "libcudart.so")
    clang(tmp_path / "x.c", tmp_path / "libcudart.so", "-o", tmp_path / "x")
    result = scan_binary(tmp_path / "x", CATALOGUE)
    assert libraries(result) == ["cudart"]
    assert result.notes == (f"Needs {file}: Crosswarp has libcudart.so.12.",)


def test_the_runtime_itself_uses_nothing_of_it() -> None:
    result = scan_binary(library_dir() / "libcudart.so.12", CATALOGUE)
    assert result.uses == ()
    assert result.problems == ()


def test_what_a_static_library_defines_it_does_not_import(tmp_path: Path) -> None:
    (tmp_path / "a.c").write_text("int cudaMalloc(void), cudaFree(void); int f(void) { return cudaMalloc() + cudaFree(); }")
    (tmp_path / "b.c").write_text("int cudaMalloc(void) { return 1; }")
    for name in "ab":
        clang("-c", tmp_path / f"{name}.c", "-o", tmp_path / f"{name}.o")
    (tmp_path / "l.a").write_bytes(archive({f"{name}.o/": (tmp_path / f"{name}.o").read_bytes() for name in "ab"}))
    assert known(scan_binary(tmp_path / "l.a", CATALOGUE)) == ["cudaFree"]


def test_a_runtime_that_is_linked_statically(tmp_path: Path) -> None:
    """A program with kernels that asks nobody to register them."""
    kernels = '__attribute__((section(".nvFatBinSegment"), used)) static int fat[6];'
    (tmp_path / "x.c").write_text(f"{kernels} int main(void) {{ return 0; }}")
    clang(tmp_path / "x.c", "-o", tmp_path / "x")
    result = scan_binary(tmp_path / "x", CATALOGUE)
    (note,) = result.notes
    assert "link it again" in note
    assert [problem.what for problem in result.problems] == ["hidden"]


def test_a_library_that_is_opened_by_name(tmp_path: Path) -> None:
    (tmp_path / "x.c").write_text('const char *volatile n = "libcuda.so.1"; int main(void) { return !n; }')
    clang(tmp_path / "x.c", "-o", tmp_path / "x")
    (note,) = scan_binary(tmp_path / "x", CATALOGUE).notes
    assert note.startswith("Names libcuda.so.1: ")


def test_device_code_and_what_is_wrong_with_it(built: Path) -> None:
    images = [DeviceCode("PTX", "sm_80", 10)]
    texts = ["add.f32 %f1, %f2, %f3;\n@%p1 bra $L; frobnicate.b32 %r1;"]
    result = scan_binary(built / "x", CATALOGUE, lambda _: zip(images, texts, strict=True))
    assert result.images == tuple(images)
    assert [(use.name, use.known) for use in result.uses[-3:]] == [("add.f32", True), ("bra", True), ("frobnicate.b32", False)]

    (problem,) = scan_binary(built / "x", CATALOGUE, lambda _: [(images[0], None)]).problems
    assert problem.detail == "its PTX for sm_80 cannot be unpacked"

    def damaged(data: bytes) -> list[tuple[DeviceCode, str | None]]:
        raise ValueError(f"{len(data)} bytes of nonsense")

    result = scan_binary(built / "x", CATALOGUE, damaged)
    assert known(result) == USED
    assert [problem.what for problem in result.problems] == ["damaged binary"]


@pytest.mark.parametrize("data", [b"MZ\x90\0" + bytes(60), b"\xcf\xfa\xed\xfe" + bytes(60), b"\0asm\1\0\0\0", b"text", b""])
def test_other_systems_files_are_a_problem(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x"
    path.write_bytes(data)
    (problem,) = scan_binary(path, CATALOGUE).problems
    assert problem.what == "not text"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    (problem,) = scan_binary(tmp_path / "none", CATALOGUE).problems
    assert problem.what == "unreadable"


@pytest.mark.parametrize("content", [b"BC\xc0\xde1234", b"anything", b"\x7fELF\x01\x01" + bytes(60)])
def test_members_that_are_no_objects_are_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "l.a"
    path.write_bytes(archive({"odd.o/": content}))
    (problem,) = scan_binary(path, CATALOGUE).problems
    assert (problem.what, problem.detail[:5]) == ("damaged binary", "odd.o")


def pyelftools_imports(path: Path) -> tuple[list[str], dict[str, str]]:
    """The same from another reader: libraries needed, undefined symbols and the libraries of their versions."""
    with path.open("rb") as stream:
        elf = ELFFile(stream)
        needed = [tag.needed for tag in elf.get_section_by_name(".dynamic").iter_tags() if tag.entry.d_tag == "DT_NEEDED"]
        wanted, numbers = elf.get_section_by_name(".gnu.version_r"), elf.get_section_by_name(".gnu.version")
        versions = wanted.iter_versions() if wanted else ()
        libraries = {aux["vna_other"]: version.name for version, auxiliary in versions for aux in auxiliary}
        found = {}
        for number, symbol in enumerate(elf.get_section_by_name(".dynsym").iter_symbols()):
            if symbol["st_shndx"] == "SHN_UNDEF" and symbol.name:
                index = numbers.get_symbol(number)["ndx"] if numbers else 0
                found[symbol.name] = libraries.get(index & 0x7FFF if isinstance(index, int) else index, "")
        return needed, found


def test_imports_are_those_that_another_reader_finds() -> None:
    extensions = sorted(Path(sysconfig.get_config_var("DESTSHARED")).glob("_[a-d]*.so"))[:8]
    for path in (library_dir() / "libcuda.so.1", library_dir() / "libcudart.so.12", *extensions):
        found = read_imports(path.read_bytes())
        assert (list(found.needed), found.undefined) == pyelftools_imports(path), path


@pytest.mark.parametrize("name", ["x", "x.o", "libx.a", "libcudart.so.12"])
def test_damage_never_crashes(built: Path, tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    """Cut off anywhere, or with bytes changed anywhere: an answer, and a problem where nothing could be read."""
    whole = (built / name).read_bytes()
    headers = int.from_bytes(whole[40:48], "little")
    path = tmp_path_factory.mktemp("damaged") / name

    @settings(max_examples=150, deadline=None)
    @given(st.integers(0, len(whole)), st.lists(st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255)), max_size=8),
           st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), max_size=8))
    def damaged(length: int, flips: list[tuple[int, int]], in_headers: list[tuple[int, int]]) -> None:
        data = bytearray(whole)
        for at, value in [*flips, *((min(headers + at, len(data) - 1), value) for at, value in in_headers)]:
            data[at] = value
        path.write_bytes(data[:length] if length % 3 == 0 else data)
        result = scan_binary(path, CATALOGUE)
        assert result.uses or result.problems or is_binary(path.read_bytes()[:64])

    damaged()


def test_a_folders_binaries_only_where_asked(built: Path, tmp_path: Path) -> None:
    shutil.copy(built / "x", tmp_path / "app")
    (tmp_path / "x.cu").write_text("int main() {}")
    assert [file.path.name for file in scan([tmp_path], Device.CPU).files] == ["x.cu"]
    every = scan([tmp_path], Device.CPU, ScanOptions(binaries=True)).files
    assert [(file.path.name, file.method) for file in every] == [("app", Method.SYMBOLS), ("x.cu", Method.TOKENS)]
    (named,) = scan([tmp_path / "app"], Device.CPU).files
    assert named.uses


def test_a_program_imports_what_its_source_calls(crosswarp_nvcc, tmp_path: Path) -> None:
    """The scans of a sample and of the program that it becomes: `<<<>>>` launches, and `cudaMallocHost` is inline in the header."""
    program, folder = tmp_path / "app", SAMPLES / "streams_events"
    crosswarp_nvcc("streams_events.cu", "-o", program, "-cudart", "shared", "--targets=cpu", cwd=folder)
    source = {use.name for file in scan([folder, SAMPLES / "common"], Device.CPU).files for use in file.uses}
    (built,) = scan([program], Device.CPU).files
    assert set(known(built)) - source == {"cudaLaunchKernel", "cudaHostAlloc"}
    assert len(known(built)) == 20
    assert libraries(built) == ["cudart"]
