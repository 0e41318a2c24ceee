"""Precompiled CUDA headers: the same results, and never the wrong headers."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from crosswarp.driver.leading_includes import leading_includes
from crosswarp.driver.precompiled import precompiled_headers, with_headers
from crosswarp.frontend.options import DependencyOptions, FrontendOptions
from crosswarp.support.diagnostics import ToolError

KERNEL = "#include <cmath>\n__global__ void fill(float *p) { *p = sinf(1.0f); }\nvoid start(float *p) { fill<<<1, 1>>>(p); }\n"


@pytest.fixture
def made(session_cache: Path) -> tuple[FrontendOptions, Path]:
    """Options of the tests' own with their precompiled file."""
    options = FrontendOptions(defines=("PRECOMPILED_TEST",))
    for _ in range(2):
        found = precompiled_headers("device", options)
    assert found is not None
    return options, found


def test_first_use_is_only_noted(session_cache: Path):
    options = FrontendOptions(defines=("SEEN_ONCE",))
    assert precompiled_headers("host", options) is None
    found = precompiled_headers("host", options)
    assert found is not None and found.exists()
    assert precompiled_headers("host", options) == found


def test_one_of_several_compilations_makes_the_file(session_cache: Path):
    options = FrontendOptions(defines=("MADE_BY_ANOTHER",))
    before = set((session_cache / "headers").glob("*.seen"))
    assert precompiled_headers("device", options) is None
    (seen,) = set((session_cache / "headers").glob("*.seen")) - before
    mark = seen.with_suffix(".making")
    mark.touch()
    assert precompiled_headers("device", options) is None and mark.exists()
    os.utime(mark, (1, 1))  # its maker was killed
    assert precompiled_headers("device", options) is None and not mark.exists()
    assert precompiled_headers("device", options) is not None and not mark.exists()


def test_objects_are_the_same(fake_nvcc: Callable[..., int], tmp_path: Path):
    (tmp_path / "x.cu").write_text(KERNEL)
    for name in ("first", "second", "third"):
        assert fake_nvcc("-c", "x.cu", "-DSAME_OBJECTS", "-arch=gfx1100", "-MD", "-MT", "x", "-o", f"{name}.o") == 0
    assert (tmp_path / "first.o").read_bytes() == (tmp_path / "second.o").read_bytes() == (tmp_path / "third.o").read_bytes()
    listed = [{Path(name).resolve() for name in (tmp_path / f"{name}.d").read_text().replace("\\\n", " ").split()[1:]}
              for name in ("first", "third")]
    assert listed[0] == listed[1]


def test_other_flags_are_other_files(made: tuple[FrontendOptions, Path]):
    assert precompiled_headers("device", FrontendOptions(defines=("OTHER",))) is None
    assert precompiled_headers("host", FrontendOptions(defines=("PRECOMPILED_TEST", "B"))) is None


def test_folders_that_hold_a_header_of_the_same_name(made: tuple[FrontendOptions, Path], tmp_path: Path):
    options, found = made
    (tmp_path / "own.h").touch()
    assert precompiled_headers("device", FrontendOptions(defines=options.defines, includes=(str(tmp_path),))) == found
    (tmp_path / "math.h").touch()
    assert precompiled_headers("device", FrontendOptions(defines=options.defines, includes=(str(tmp_path),))) is None


def test_changed_headers_are_compiled_again(made: tuple[FrontendOptions, Path]):
    options, found = made
    manifest = json.loads(found.with_suffix(".json").read_text())
    changed = next(name for name in manifest["files"] if name.endswith("cuda_runtime.h"))
    manifest["files"][changed][0] += 1
    found.with_suffix(".json").write_text(json.dumps(manifest))
    found.write_bytes(b"stale")
    assert precompiled_headers("device", options) == found
    assert found.read_bytes() != b"stale"


def test_damaged_file_is_not_used(fake_nvcc: Callable[..., int], tmp_path: Path, session_cache: Path):
    (tmp_path / "x.cu").write_text(KERNEL)
    for _ in range(2):
        assert fake_nvcc("-c", "x.cu", "-DDAMAGED", "-arch=gfx1100") == 0
    for path in (session_cache / "headers").glob("*.pch"):
        path.write_bytes(path.read_bytes()[:1000])
    assert fake_nvcc("-c", "x.cu", "-DDAMAGED", "-arch=gfx1100") == 0
    assert fake_nvcc("-c", "x.cu", "-DDAMAGED", "-arch=gfx1100") == 0


def test_errors_of_the_source_are_not_tried_again(made: tuple[FrontendOptions, Path], tmp_path: Path):
    calls: list[FrontendOptions] = []

    def run(options: FrontendOptions) -> None:
        calls.append(options)
        raise ToolError(["clang"], 1, "x.cu:1:1: error: expected expression")

    with pytest.raises(ToolError):
        with_headers("device", tmp_path / "none.cu", made[0], run)
    assert [("-include-pch" in options.extra_clang) for options in calls] == [True]


def test_switched_off(made: tuple[FrontendOptions, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CROSSWARP_HEADERS", "off")
    calls: list[FrontendOptions] = []
    with_headers("device", tmp_path / "none.cu", made[0], calls.append)
    assert calls == [made[0]]


def test_dependencies_without_system_headers_are_listed_from_the_headers_themselves():
    users_only = DependencyOptions(skip_system=True)
    for dependencies, expected in ((DependencyOptions(), True), (users_only, False)):
        options = FrontendOptions(defines=("DEPENDENCIES",), dependencies=dependencies)
        precompiled_headers("host", options)
        assert (precompiled_headers("host", options) is not None) is expected


def test_standard_headers_at_the_top_are_precompiled_too(session_cache: Path, tmp_path: Path):
    source = tmp_path / "x.cu"
    source.write_text("#include <vector>\n#include \"mine.h\"\n")
    options = FrontendOptions(defines=("LEADING",))
    for _ in range(2):
        found = precompiled_headers("device", options, source)
    assert found is not None and found != precompiled_headers("device", options)
    read = json.loads(found.with_suffix(".json").read_text())["files"]
    assert any(name.endswith("/vector") for name in read) and "<stdin>" not in read


def test_a_folder_that_shadows_a_standard_header_leaves_cuda_headers(session_cache: Path, tmp_path: Path):
    source = tmp_path / "x.cu"
    source.write_text("#include <deque>\n")
    options = FrontendOptions(defines=("SHADOWED_LEADING",))
    for _ in range(2):
        whole = precompiled_headers("device", options, source)
        alone = precompiled_headers("device", options)
    (tmp_path / "deque").touch()
    shadowed = FrontendOptions(defines=options.defines, includes=(str(tmp_path),))
    assert precompiled_headers("device", shadowed, source) == alone != whole


def test_a_folder_that_shadows_is_seen_by_who_makes_the_file(session_cache: Path, tmp_path: Path):
    source = tmp_path / "x.cu"
    source.write_text("#include <forward_list>\n")
    (tmp_path / "forward_list").touch()
    shadowed = FrontendOptions(defines=("SHADOWED_FROM_THE_FIRST",), includes=(str(tmp_path),))
    for _ in range(2):
        found = precompiled_headers("device", shadowed, source)
    assert found == precompiled_headers("device", FrontendOptions(defines=shadowed.defines))


def test_forced_includes_come_before_the_sources_own(session_cache: Path, tmp_path: Path):
    source = tmp_path / "x.cu"
    source.write_text("#include <list>\n")
    forced = FrontendOptions(defines=("FORCED",), forced_includes=("mine.h",))
    for _ in range(2):
        found = precompiled_headers("device", forced, source)
    assert found is not None and found == precompiled_headers("device", FrontendOptions(defines=("FORCED",)))


@pytest.mark.parametrize(("text", "expected"), [
    ("", ()),
    ("// first\n/* second\n */ #include <vector> // third\n#  include <cmath>\r\n\nint x;\n#include <list>\n", ("vector", "cmath")),
    ("#include <vector>\n#include <vector>\n#include <unistd.h>\n#include <list>\n", ("vector",)),
    ("#define NDEBUG\n#include <cassert>\n", ()),
    ("#pragma once\n#include <vector>\n", ()),
    ("#include \"cuda_runtime.h\"\n#include <vector>\n", ("cuda_runtime.h", "vector")),
    ("#include \"mine.h\"\n#include <vector>\n", ()),
    ("// joined \\\n#include <vector>\n", ()),
    ("#include <vector> int x;\n", ()),
    ("#include <vector> \\\n", ()),
    ("/* never closed\n#include <vector>\n", ()),
    ("#if 0\n#include <vector>\n#endif\n", ()),
    ("import <vector>;\n", ()),
])
def test_only_standard_headers_before_everything_else_count(tmp_path: Path, text: str, expected: tuple[str, ...]):
    (tmp_path / "x.cu").write_text(text, newline="")
    assert leading_includes(tmp_path / "x.cu") == expected


@pytest.mark.parametrize(("header", "expected"), [
    ("#pragma once\n#include <vector>\n", ("vector", "list")),
    ("#pragma once\n#include <vector>\nint x;\n", ("vector",)),
    ("// says\n#ifndef SUB_MINE_H_\n#define SUB_MINE_H_ 1\n\n#include <vector>\n#endif  // SUB_MINE_H_\n", ("vector", "list")),
    ("#if !defined(MINE_H)\n#define MINE_H\n#include <vector>\n#define X\n#endif\n", ("vector",)),
    ("#include <vector>\n", ()),
    ("#ifndef MINE_H\n#define OTHER_H\n#include <vector>\n#endif\n", ()),
    ("#ifndef __STDC_FORMAT_MACROS\n#define __STDC_FORMAT_MACROS\n#include <cinttypes>\n#endif\n", ()),
    ("#ifndef MINE_GIVEN\n#define MINE_GIVEN\n#include <vector>\n#endif\n", ()),
    ("#ifndef MINE_H\n#define MINE_H\n#include <vector>\n#else\n#include <map>\n#endif\n", ("vector",)),
    ("#pragma once\n#include \"deeper.h\"\n#include <vector>\n", ("map", "vector", "list")),
    ("#pragma once\n#include <sub/deeper.h>\n#include \"cuda_fp16.h\"\n", ("map", "cuda_fp16.h", "list")),
    ("#pragma once\n#include \"mine.h\"\n", ()),
])
def test_a_projects_own_headers_are_followed(tmp_path: Path, header: str, expected: tuple[str, ...]):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "mine.h").write_text(header)
    (tmp_path / "sub" / "deeper.h").write_text("#pragma once\n#include <map>\n")
    (tmp_path / "x.cu").write_text("#include \"sub/mine.h\"\n#include <list>\nint x;\n")
    assert leading_includes(tmp_path / "x.cu", [str(tmp_path)], ["MINE_GIVEN=1"]) == expected


def test_headers_of_a_projects_own_header_are_precompiled(fake_nvcc: Callable[..., int], tmp_path: Path, session_cache: Path):
    (tmp_path / "x.cu").write_text("#include \"mine.h\"\n#include <numeric>\n" + KERNEL.replace("sinf", "twice"))
    (tmp_path / "mine.h").write_text("#pragma once\n#include <cassert>\n#include <vector>\n__device__ float twice(float x)"
                                     " { assert(x > 0); return 2 * x; }\ninline std::vector<int> numbers;\n")
    for name in ("first", "second", "third"):
        assert fake_nvcc("-c", "x.cu", "-DOWN_HEADER", "-arch=gfx1100", "-o", f"{name}.o") == 0
    assert (tmp_path / "first.o").read_bytes() == (tmp_path / "second.o").read_bytes() == (tmp_path / "third.o").read_bytes()


def test_a_source_that_cannot_be_read_has_none(tmp_path: Path):
    assert leading_includes(tmp_path / "none.cu") == ()


def test_headers_of_the_cccl_wheel_count_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "thrust").mkdir()
    (tmp_path / "thrust" / "sort.h").touch()
    source = tmp_path / "x.cu"
    source.write_text("#include <thrust/sort.h>\n#include <vector>\n#include <thrust/other.h>\n#include <list>\n")
    for folder, expected in ((tmp_path, ("thrust/sort.h", "vector")), (None, ())):
        monkeypatch.setattr("crosswarp.driver.leading_includes.cccl_dir", lambda folder=folder: folder)
        assert leading_includes(source) == expected


def test_a_precompiled_header_that_a_repair_rewrites(fake_nvcc: Callable[..., int], tmp_path: Path):
    """A method of a container that a `__host__ __device__` function calls gets its device side in the library's header."""
    called = "#include <vector>\n__host__ __device__ void f(std::vector<int> &list) { list.push_back(1); }\n"
    (tmp_path / "x.cu").write_text(called)
    for _ in range(3):
        assert fake_nvcc("-c", "x.cu", "-DREWRITTEN_HEADER", "-arch=gfx1100") == 0
