"""Commands answered from the cache: the same object, and never one that another compilation would not make."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from crosswarp.driver.cache import ObjectCache
from crosswarp.driver.nvcc import run_nvcc
from crosswarp.driver.recall.checks import file_digest, files_unchanged, is_settled, names_absent
from crosswarp.driver.recall.inputs import compiler_files
from crosswarp.driver.recall.lists import file_list
from crosswarp.driver.recall.lookup import pack, recalled, unpack
from crosswarp.driver.recall.record import _is_plain
from crosswarp.driver.recall.shadows import AbsentNames, search_folders, spellings
from crosswarp.frontend.host_toolchain import host_toolchain
from crosswarp.support.paths import device_library_dir, openmp_dir
from hypothesis import given, settings
from hypothesis import strategies as st

SOURCE = """#include "near.h"
#include <both.h>
#if __has_include(<later.h>)
#include <later.h>
#endif
#ifndef __CUDA_ARCH__
#include "host.h"
#else
#include "device.h"
#endif
#warning seen
__global__ void fill(int *p) { *p = NEAR + BOTH; }
void start(int *p) { fill<<<1, 1>>>(p); }
"""
WORDS = ["-c", "x.cu", "-o", "x.o", "-MD", "-MF", "x.d", "-arch=gfx1100", "-Ione", "-Itwo", "--options-file", "more.txt"]


def settle() -> None:
    """Let the file system's clock go on: what was changed this very moment is never recorded."""
    time.sleep(0.05)


@dataclass
class Project:
    """A source with headers, compiled once by `WORDS`."""

    folder: Path
    results: dict[str, bytes] = field(default_factory=dict)

    def write(self, name: str, text: str) -> None:
        (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_text(text)

    def recall(self, words: list[str] = WORDS) -> int | None:
        """Ask the cache, with nothing of the earlier result left."""
        for name in self.results:
            (self.folder / name).unlink(missing_ok=True)
        return recalled(words)


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that is to tell of itself in another folder (docs/coverage.md) is another command."""
    monkeypatch.delenv("CROSSWARP_EVIDENCE", raising=False)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, session_cache: Path) -> Iterator[Project]:
    made = Project(tmp_path_factory.mktemp("recall"))
    texts = {"one/other.h": "", "host.h": "", "device.h": "", "x.cu": SOURCE, "more.txt": "-DMORE"}
    texts |= {"near.h": "#define NEAR 1\n", "two/both.h": "#define BOTH 2\n"}
    for name, text in texts.items():
        made.write(name, text)
    settle()
    before = Path.cwd()
    os.chdir(made.folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("CROSSWARP_EVIDENCE", raising=False)
        assert recalled(WORDS) is None and run_nvcc(WORDS) == 0
    made.results = {name: (made.folder / name).read_bytes() for name in ("x.o", "x.d")}
    yield made
    os.chdir(before)


def test_the_same_command_gives_the_same_files_and_messages(project: Project, capsys: pytest.CaptureFixture[str]):
    assert project.recall() == 0
    assert {name: (project.folder / name).read_bytes() for name in project.results} == project.results
    assert "warning: seen" in capsys.readouterr().err
    names = {"more.txt", "near.h", "host.h", "device.h", "one", "two", "x.cu", "x.d", "x.o"}
    assert {path.name for path in project.folder.iterdir()} == names


@pytest.mark.parametrize(("name", "text"), [
    ("x.cu", SOURCE + "\n"), ("near.h", "#define NEAR 2\n"), ("two/both.h", "#define BOTH 3\n"), ("more.txt", "-DLESS"),
    ("one/both.h", "#define BOTH 4\n"), ("two/near.h", ""), ("one/later.h", ""), ("two/later.h", ""), ("later.h", ""),
    ("one/cuda_runtime.h", ""), ("vector_types.h", ""), ("crosswarp.toml", ""), ("one/bits/types.h", ""),
])
def test_a_change_that_may_matter_is_seen(project: Project, name: str, text: str):
    path = project.folder / name
    before = path.read_text() if path.exists() else None
    project.write(name, text)
    try:
        assert project.recall() is None
    finally:
        if before is None:
            path.unlink()
            shutil.rmtree(project.folder / "one" / "bits", ignore_errors=True)
        else:
            path.write_text(before)
    assert project.recall() == 0


@pytest.mark.parametrize("more", [[], ["-MMD"], ["-fatbin"], ["-gencode=arch=compute_75,code=sm_75"]], ids=" ".join)
def test_what_only_one_pass_reads_is_seen(project: Project, more: list[str]):
    words = [*(["-c"] if "-fatbin" not in more else []), "x.cu", "-o", "y.o", "-arch=gfx1100", "-Ione", "-Itwo", *more]
    if more == ["-MMD"]:
        words += ["-MF", "y.d", "-I", "/usr/include/nothing"]
    settle()
    assert run_nvcc(words) == 0
    assert recalled(words) == 0
    for name, text in (("device.h", "#define NEW\n"), ("host.h", "inline int added() { return 1; }\n")):
        project.write(name, text)
        assert (recalled(words) is None) is not ("-fatbin" in more and name == "host.h")
        project.write(name, "")
        assert recalled(words) == 0
    if more == ["-MMD"]:
        names = (project.folder / "y.d").read_text().replace("\\\n", " ").split()
        assert {"x.cu", "near.h", "two/both.h", "host.h"} <= set(names) and not [name for name in names if name.startswith("/usr/")]
        (project.folder / "y.d").unlink()
    (project.folder / "y.o").unlink()


def test_a_missing_header_is_seen(project: Project):
    (project.folder / "near.h").rename(project.folder / "away")
    assert project.recall() is None
    (project.folder / "away").rename(project.folder / "near.h")
    assert project.recall() == 0


@pytest.mark.parametrize("name", ["CPATH", "CPLUS_INCLUDE_PATH", "NVCC_CCBIN", "CROSSWARP_TARGETS", "LC_ALL", "SOURCE_DATE_EPOCH",
                                  "PATH"])
def test_the_environment_counts(project: Project, monkeypatch: pytest.MonkeyPatch, name: str):
    monkeypatch.setenv(name, f"/nowhere:{os.environ.get(name, '')}")
    assert project.recall() is None


def test_other_words_and_other_folders_are_other_commands(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    assert project.recall([*WORDS, "-DX"]) is None
    shutil.copytree(project.folder, tmp_path / "copy")
    monkeypatch.chdir(tmp_path / "copy")
    assert recalled(WORDS) is None


def test_switched_off(project: Project, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CROSSWARP_CACHE", "off")
    assert project.recall() is None


def test_a_place_that_cannot_be_written_is_left_to_the_compiler(project: Project):
    (project.folder / "x.o").unlink(missing_ok=True)
    (project.folder / "x.o").mkdir()
    assert recalled(WORDS) is None
    (project.folder / "x.o").rmdir()
    assert not [path for path in project.folder.iterdir() if path.name.endswith(".tmp")]


def test_a_result_behind_a_link(project: Project):
    (project.folder / "x.o").unlink(missing_ok=True)
    (project.folder / "real.o").touch()
    (project.folder / "x.o").symlink_to("real.o")
    assert recalled(WORDS) == 0
    assert (project.folder / "x.o").is_symlink() and (project.folder / "real.o").read_bytes() == project.results["x.o"]
    (project.folder / "real.o").unlink()
    (project.folder / "x.o").unlink()


def test_damaged_entries_are_no_answer(project: Project, session_cache: Path):
    kept = {path: path.read_bytes() for path in (session_cache / "objects").rglob("*") if path.is_file()}
    assert project.recall() == 0
    for path, data in kept.items():
        path.write_bytes(data[: len(data) // 2])
    assert project.recall() is None
    for path, data in kept.items():
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    assert project.recall() == 0


@pytest.mark.parametrize("text", ["const char *when = __TIME__;", "// __DATE__", "asm(\".incbin \\\"x\\\"\");",
                                  "#define NAME <x.h>\n#if __has_include(NAME)\n#endif"])
def test_sources_that_depend_on_more_than_files(tmp_path: Path, text: str):
    (tmp_path / "x.cu").write_text(text)
    assert file_list(ObjectCache(tmp_path / "cache", 1 << 20), [str(tmp_path / "x.cu")], time.time_ns() + 10**9) is None


def test_the_libraries_that_objects_hold_code_of_are_the_compilers_files():
    files = compiler_files(host_toolchain())
    assert all(any(path.startswith(f"{folder}/") for path in files) for folder in (device_library_dir(), openmp_dir()))


def test_a_file_changed_while_it_was_read_is_not_recorded(tmp_path: Path):
    (tmp_path / "x.cu").write_text("")
    cache = ObjectCache(tmp_path / "cache", 1 << 20)
    assert file_list(cache, [str(tmp_path / "x.cu")], time.time_ns()) is None
    assert file_list(cache, [str(tmp_path / "x.cu")], time.time_ns() + 10**9) is not None


def test_file_systems_that_count_in_seconds():
    assert is_settled("1 5000000000 5000000000 7", 7_000_000_001) and not is_settled("1 5000000000 5000000000 7", 6_900_000_000)
    assert is_settled("1 5000000001 5000000001 7", 5_100_000_000) and not is_settled("1 1 5000000001 7", 5_010_000_000)


@pytest.mark.parametrize(("words", "expected"), [
    ("-O2 -Wall -Wno-unused -fPIC -fvisibility=hidden -mavx2 -g -std=c++17 -pthread -DX=1 -ffile-prefix-map=/a=/b -fopenmp", True),
    ("-march=native", False), ("--coverage", False), ("-ftest-coverage", False), ("-fprofile-use=x", False), ("-save-temps", False),
    ("-fplugin=x.so", False), ("-Wp,-MD,x.d", False), ("-Wa,-L", False), ("-gsplit-dwarf", False), ("-ftime-trace", False),
    ("-Xclang", False), ("@words", False), ("-fmodules", False), ("-include", False), ("-MMD", False),
])
def test_words_for_the_host_compiler(words: str, expected: bool):
    assert _is_plain(tuple(words.split())) is expected


@given(st.text(), st.lists(st.tuples(st.text("ab/é\udc80", min_size=1), st.binary())))
def test_results_are_packed_whole(messages: str, files: list[tuple[str, bytes]]):
    messages = messages.encode(errors="replace").decode()
    assert unpack(pack(messages, files)) == (messages, files)


def test_folders_on_command_lines():
    words = ["clang", "-Ia", "-I", "b", "-isystem", "c", "-iquoted", "-internal-isystem", "e/", "-include", "x", "-o", "f"]
    assert search_folders([words]) == ["a", "b", "c", "d", "e"]
    assert spellings("a/sys/x.h", ["a", "a/sys", "b"]) == {"sys/x.h", "x.h"}
    assert spellings("/other/x.h", ["a"]) == {"x.h"} and spellings("x.cu", ["a"]) == {"x.cu"}


FOLDERS = ("a", "b", "c")
NAMES = ("x.h", "y.h", "sub/x.h", "sub/z.h")
KINDS = ("write", "remove", "touch")
CHANGES = st.lists(st.tuples(st.sampled_from(KINDS), st.sampled_from(FOLDERS), st.sampled_from(NAMES)), max_size=4)


def lookup(root: Path, asked: list[str]) -> dict[str, tuple[str, str] | None]:
    """What a preprocessor finds that looks in each folder in turn."""
    places = {name: [root / folder / name for folder in FOLDERS] for name in asked}
    found = {name: next((path for path in paths if path.is_file()), None) for name, paths in places.items()}
    return {name: (str(path), file_digest(str(path))) if path else None for name, path in found.items()}


def change(root: Path, kind: str, folder: str, name: str, serial: int) -> None:
    path = root / folder / name
    if kind == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x" * serial)  # another size: the file system's clock is too coarse for a test
    elif path.is_file():
        path.unlink() if kind == "remove" else os.utime(path)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(first=CHANGES, asked=st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True), later=CHANGES)
def test_what_is_found_elsewhere_is_always_seen(tmp_path_factory: pytest.TempPathFactory, first: list[tuple[str, str, str]],
                                                 asked: list[str], later: list[tuple[str, str, str]]):
    root = tmp_path_factory.mktemp("tree")
    for serial, each in enumerate(first):
        change(root, *each, serial=serial + 1)
    before = lookup(root, asked)
    cache, now = ObjectCache(root / "cache", 1 << 20), time.time_ns()
    files = file_list(cache, [found[0] for found in before.values() if found], now + 10**9)
    absent = AbsentNames()
    for name in asked:
        for folder in FOLDERS:
            absent.look_for(str(root / folder), name)
    keys = absent.store(cache, 0)
    assert files is not None
    for serial, each in enumerate(later):
        change(root, *each, serial=serial + 10)
    holds = files_unchanged(cache, files.key, now) and all(names_absent(cache, key) for key in keys)
    if holds:
        assert lookup(root, asked) == before
    if not any(kind in ("write", "remove") for kind, _, _ in later):
        assert holds


def test_several_versions_of_a_source_are_kept(project: Project):
    words = ["-fatbin", "v.cu", "-o", "v.fatbin", "-arch=gfx1100", "--no-compress"]
    results = []
    for text in ("__global__ void first() {}", "__global__ void second() {}"):
        Path("v.cu").write_text(text)
        settle()
        assert recalled(words) is None and run_nvcc(words) == 0
        results.append(Path("v.fatbin").read_bytes())
    for text, result in zip(("__global__ void first() {}", "__global__ void second() {}"), results, strict=True):
        Path("v.cu").write_text(text)
        assert recalled(words) == 0 and Path("v.fatbin").read_bytes() == result
    assert results[0] != results[1]
    for name in ("v.cu", "v.fatbin"):
        Path(name).unlink()
