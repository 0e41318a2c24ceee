"""The page of a scan: readable by everyone, whatever the files and the names in them are called."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from crosswarp.driver.cli import cli

Visit = Callable[..., Any]
SOURCE = """#include <cuda_runtime.h>
#include <cusomething<img src=x onerror=document.title='hit'>.h>
__global__ void kernel(float* x) { *x = __expf(*x); asm("add.u32 %0, %0, 1;" : "+r"(*(unsigned*)x)); }
int main() { float* x; cudaMalloc(&x, 4); cudaGraphicsMapResources(0, 0, 0); cudaMallocTypo(x); kernel<<<1, 1>>>(x); return "no end
"""


@pytest.fixture
def scanned(tmp_path: Path) -> str:
    """The page of a scan with every status, names in no record, damaged files and hostile names."""
    tree = tmp_path / "<b onmouseover=document.title='hit'>"
    tree.mkdir()
    (tree / "'\"><img src=x onerror=document.title='hit'>.cu").write_text(SOURCE)
    (tree / "latin.cu").write_bytes(b"// caf\xe9\n" + SOURCE.encode())
    page = tmp_path / "scan.html"
    assert CliRunner().invoke(cli, ["coverage", str(tree), "--jobs", "1", "-q", "-o", str(page)]).exit_code == 1
    return page.read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1400])
def test_wcag(scheme: str, width: int, visit: Visit, scanned: str, violations: Callable[[Any], list[str]]):
    tab = visit(scanned, color_scheme=scheme, viewport={"width": width, "height": 800})
    assert violations(tab) == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_hostile_names_are_text(visit: Visit, scanned: str):
    tab = visit(scanned)
    assert "hit" in tab.title() and tab.title() != "hit"
    assert tab.get_by_text("onerror=document.title").count() > 0 and tab.locator("img, [onerror], [onmouseover]").count() == 0


def test_what_is_found(visit: Visit, scanned: str):
    tab = visit(scanned)
    assert tab.get_by_role("heading", name="Verdict").is_visible()
    assert tab.locator("summary", has_text="cudaMallocTypo").count() == 1
    assert tab.locator("summary", has_text="cudaGraphicsMapResources").count() == 1
