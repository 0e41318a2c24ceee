"""The precompiled prelude changes nothing but the time a pass takes."""

import os
from dataclasses import replace

import pytest
from crosswarp.frontend.device import device_pass
from crosswarp.frontend.host import host_pass
from crosswarp.frontend.options import DependencyOptions, FrontendOptions
from crosswarp.support import paths
from crosswarp.support.diagnostics import ToolError

SOURCE = """\
#include <cmath>
#include "mine.h"
__global__ void k(float* p, int n) { int i = threadIdx.x; if (i < n) p[i] = sqrtf(p[i]) + ADDED; }
int main() { k<<<1, 32>>>(nullptr, 0); return std::sqrt(4.0f) != 2.0f; }
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("CROSSWARP_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.delenv("CROSSWARP_CACHE", raising=False)
    paths.cache_dir.cache_clear()
    (tmp_path / "mine.h").write_text("#define ADDED 3\n")
    (tmp_path / "x.cu").write_text(SOURCE)
    (tmp_path / "x.fatbin").write_bytes(b"CWFATBIN")
    yield tmp_path
    paths.cache_dir.cache_clear()


def headers(folder):
    return sorted((folder / "cache" / "prelude").glob("*.pch"))


def test_made_at_the_second_sight_and_the_ir_is_the_same(folder):
    options = FrontendOptions(defines=("SOMETHING=1",))
    texts = []
    for turn in range(3):
        device_pass(folder / "x.cu", options, folder / "x.ll")
        texts.append((folder / "x.ll").read_text())
        assert len(headers(folder)) == (0 if turn == 0 else 1)
    assert texts[0] == texts[1] == texts[2]


def test_other_flags_get_a_header_of_their_own(folder):
    for define in ("VALUE=1", "VALUE=2"):
        for _ in range(2):
            device_pass(folder / "x.cu", FrontendOptions(defines=(define,)), folder / "x.ll")
    assert len(headers(folder)) == 2


def test_host_objects_and_dependencies_are_the_same(folder):
    for skip_system, kept in ((True, 0), (False, 1)):
        options = FrontendOptions(dependencies=DependencyOptions(output=folder / "x.d", skip_system=skip_system))
        seen = set()
        for _ in range(2):
            host_pass(folder / "x.cu", options, folder / "x.o", folder / "x.fatbin")
            named = frozenset(map(os.path.normpath, (folder / "x.d").read_text().split()))
            seen.add(((folder / "x.o").read_bytes(), named))
        assert len(headers(folder)) == kept
        assert len(seen) == 1
        assert "mine.h" in (folder / "x.d").read_text()
        assert ("cuda_runtime.h" in (folder / "x.d").read_text()) is not skip_system


def test_a_damaged_header_is_dropped_and_the_pass_succeeds(folder):
    options = FrontendOptions()
    for _ in range(2):
        device_pass(folder / "x.cu", options, folder / "x.ll")
    (header,) = headers(folder)
    header.write_bytes(b"damaged")
    (folder / "x.ll").unlink()
    device_pass(folder / "x.cu", options, folder / "x.ll")
    assert "ptx_kernel" in (folder / "x.ll").read_text()
    assert headers(folder) == []


def test_errors_read_the_same(folder):
    (folder / "x.cu").write_text("__global__ void k() { undeclared(); }\n")
    messages = []
    for _ in range(3):
        with pytest.raises(ToolError) as error:
            device_pass(folder / "x.cu", FrontendOptions(), folder / "x.ll")
        messages.append(str(error.value))
    assert "x.cu:1:23: error: use of undeclared identifier 'undeclared'" in messages[0]
    assert messages[0] == messages[1] == messages[2]


def test_switched_off(folder, monkeypatch):
    monkeypatch.setenv("CROSSWARP_CACHE", "off")
    for _ in range(3):
        device_pass(folder / "x.cu", replace(FrontendOptions(), std="c++20"), folder / "x.ll")
    assert headers(folder) == []
