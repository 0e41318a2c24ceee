"""Words for g++ that a CUDA source's host side gets through `-Xcompiler`."""

import subprocess
from pathlib import Path

import pytest
from crosswarp.frontend.host_flags import clang_words, warning
from crosswarp.frontend.host_machine import device_words
from crosswarp.frontend.options import FrontendOptions
from crosswarp.support.diagnostics import CompileError
from crosswarp.support.toolchain import clang_command

# Of the builds of public projects; clang's driver refuses or warns of most of them.
_WORDS = """
-fno-strict-aliasing -Wno-maybe-uninitialized -march=native -mtune=intel -fmodulo-sched -Wno-class-memaccess -fconcepts
-fno-gnu-unique -fno-var-tracking-assignments -flto=auto -fno-fat-lto-objects -fuse-linker-plugin -ftree-vectorize
-fno-tree-vectorize -fipa-pta -fgcse-las -fno-ipa-cp-clone -fira-loop-pressure -floop-nest-optimize -fgraphite-identity
-fvect-cost-model=unlimited -fdiagnostics-show-caret -fmax-errors=5 -fno-diagnostics-show-labels -fstack-clash-protection
-fcf-protection -fno-plt -pipe -ggdb3 -fno-semantic-interposition -Wno-stringop-overflow -Wimplicit-fallthrough=3
-Wlogical-op -Wduplicated-cond -Wuseless-cast -mprefer-vector-width=256 -mno-avx256-split-unaligned-load
-maccumulate-outgoing-args -minline-all-stringops -mstringop-strategy=libcall -fabi-version=0 -fext-numeric-literals
-fpermissive -fcoroutines -fno-enforce-eh-specs -rdynamic -Wl,-z,now -static-libgcc -lm -frecord-gcc-switches
-fno-lifetime-dse -fwhole-program -fno-printf-return-value -falign-functions=32 -falign-loops=16 -D_GLIBCXX_ASSERTIONS
-Wp,-D_FORTIFY_SOURCE=2 -fstack-reuse=none -Ofast -fno-math-errno -fexcess-precision=fast -ffloat-store
-Wno-error=maybe-uninitialized -Wstrict-overflow=5 -Wshift-overflow=2 -gno-statement-frontiers -foffload=disable
"""
USUAL = _WORDS.split()


def test_usual_words_compile_without_a_warning(tmp_path: Path):
    (tmp_path / "x.cpp").write_text("int x;\n")
    words = clang_words([*USUAL, "--param", "inline-unit-growth=99", "--param=large-function-growth=9"])
    command = clang_command("--target=x86_64-linux-gnu", "-Wno-unknown-warning-option", "-Wno-unused-command-line-argument",
                            "-Werror", *words, "-fsyntax-only", str(tmp_path / "x.cpp"))
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_words_are_translated():
    assert clang_words(["-Ofast", "-fmax-errors=3"]) == ["-O3", "-ffast-math", "-ferror-limit=3"]
    assert clang_words(["-Werror=implicit-fallthrough=5", "-p"]) == ["-Werror=implicit-fallthrough", "-pg"]


@pytest.mark.parametrize("word", ["-fno-jump-tables", "-ffast-math", "-fwrapv", "-frounding-math", "-fvisibility=hidden", "-mavx2"])
def test_words_that_change_the_program_stay(word: str):
    assert clang_words([word]) == [word]


def test_values_are_not_taken_for_words():
    assert clang_words(["-include", "-flto", "-D", "-fweb", "-fweb"]) == ["-include", "-flto", "-D", "-fweb"]


def test_impossible_words_are_refused():
    with pytest.raises(CompileError, match=r"-funsigned-bitfields.*host side of CUDA sources"):
        clang_words(["-funsigned-bitfields"])


def test_counters_are_told():
    assert "'--coverage'" in warning(["-O2", "--coverage"]) and clang_words(["--coverage", "-fprofile-arcs"]) == []
    assert warning(["-O2", "-fno-profile-arcs"]) == ""


def test_device_pass_sees_the_hosts_instruction_sets():
    words = device_words(("-mavx2", "-Ofast", "-DX", "-fopenmp", "-funsigned-char", "-Wall"))
    assert words == ["-DX", "-D_OPENMP=201511", "-fno-signed-char", "-aux-target-cpu", "x86-64", "-aux-target-feature", "+avx2"]


def test_std_for_the_host_compiler_counts_for_both_passes():
    assert FrontendOptions(host_flags=("-std=c++20",)).standard == "c++20"
    assert FrontendOptions(std="c++17", host_flags=("-std=c++20",)).standard == "c++17"
