"""targets/build.py: what it writes, when it rebuilds, and how it fails."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from crosswarp.targets import build

SOURCE = """
#include <stdint.h>
extern "C" int32_t twice(int32_t x) __asm__("__cw.twice");
extern "C" int32_t twice(int32_t x) { return x + x; }
static int helper(int x) { return x; }
extern "C" int other(int x) { return helper(x); }
extern "C" void *memcpy(void *to, const void *from, unsigned long n) {
  for (unsigned long i = 0; i < n; ++i) static_cast<char *>(to)[i] = static_cast<const char *>(from)[i];
  return to;
}
"""
ASSEMBLY = "define float @from_text(float %x) {\n  ret float %x\n}\n"
DECLARATION = """
[[library]]
name = "{name}"
triple = "{triple}"
sources = ["*.cpp", "*.ll"]
"""


@pytest.fixture
def targets(tmp_path: Path) -> Path:
    folder = tmp_path / "targets" / "some" / "devicelib"
    folder.mkdir(parents=True)
    (folder / "a.cpp").write_text(SOURCE)
    (folder / "b.ll").write_text(ASSEMBLY)
    (folder / "libraries.toml").write_text(
        DECLARATION.format(name="one", triple="amdgcn-amd-amdhsa")
        + DECLARATION.format(name="two", triple="x86_64-unknown-linux-gnu")
    )
    return tmp_path / "targets"


def run(targets: Path, *more: str) -> subprocess.CompletedProcess[str]:
    base = targets.parent
    command = [sys.executable, build.__file__, "--out", str(base / "out"), "--work", str(base / "work"), "--targets", str(targets)]
    return subprocess.run([*command, *more], capture_output=True, text=True, check=False)


def test_writes_bitcode_and_symbols_and_rebuilds_only_what_changed(targets: Path) -> None:
    first = run(targets)
    assert first.returncode == 0, first.stderr
    out = targets.parent / "out" / "devicelib"
    assert (out / "one.symbols").read_text().split() == ["__cw.twice", "from_text", "memcpy", "other"]
    before = (out / "one.bc").read_bytes()
    assert before[:4] == b"BC\xc0\xde"
    assert run(targets).stdout.count("up to date") == 2
    (targets / "some" / "devicelib" / "b.ll").write_text(ASSEMBLY.replace("from_text", "renamed"))
    assert "up to date" not in run(targets).stdout
    assert "renamed" in (out / "two.symbols").read_text()


def test_damaged_output_is_rebuilt(targets: Path) -> None:
    run(targets)
    bitcode = targets.parent / "out" / "devicelib" / "two.bc"
    good = bitcode.read_bytes()
    bitcode.write_bytes(good[: len(good) // 2])
    run(targets)
    assert bitcode.read_bytes() == good


def test_only_builds_the_named_library(targets: Path) -> None:
    assert run(targets, "--only", "two").returncode == 0
    assert not (targets.parent / "out" / "devicelib" / "one.bc").exists()
    wrong = run(targets, "--only", "three")
    assert wrong.returncode == 1
    assert "no device library 'three'; there are: one, two" in wrong.stderr


def test_compile_error_names_the_file_and_leaves_nothing(targets: Path) -> None:
    (targets / "some" / "devicelib" / "a.cpp").write_text("int broken(\n")
    failed = run(targets)
    assert failed.returncode == 1
    assert "a.cpp:1" in failed.stderr
    assert list((targets.parent / "out" / "devicelib").iterdir()) == []


def test_bad_declarations_are_explained(targets: Path) -> None:
    declaration = targets / "some" / "devicelib" / "libraries.toml"
    declaration.write_text('[[library]]\nname = "x"\ntriple = "y"\nsources = ["*.c"]\n')
    assert "no file matches '*.c'" in run(targets).stderr
    declaration.write_text('[[library]]\nname = "x"\ntriple = "y"\nsources = []\nflags = []\n')
    assert "unknown key 'flags'" in run(targets).stderr


def test_clean_text_lets_functions_be_inlined_but_protects_memory_functions() -> None:
    text = (
        "define float @f(float %x) #0 {\n}\ndefine ptr @memcpy(ptr %a, ptr %b, i64 %n) #0 {\n}\n"
        'attributes #0 = { nounwind "no-builtins" "target-cpu"="gfx900" "target-features"="+a,+b" "amdgpu-no-queue-ptr" }\n'
    )
    cleaned = build.clean_text(text)
    assert "attributes #0 = { nounwind }" in cleaned
    assert 'attributes #900000 = { nounwind "no-builtins" }' in cleaned
    assert "@memcpy(ptr %a, ptr %b, i64 %n) #900000 {" in cleaned


def test_defined_symbols_are_what_others_can_use() -> None:
    text = (
        "@v = global i32 0\n@p = internal global i32 0\n@e = external global i32\n"
        "define float @f(float %x) {\n}\ndefine internal float @g(float %x) {\n}\ndeclare void @h()\ndefine weak float @w() {\n}\n"
    )
    assert build.defined_symbols(text) == ["f", "v", "w"]
