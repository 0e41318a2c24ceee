"""Loops over independent threads: which kernels LLVM vectorises, and that vectors change no result."""

from __future__ import annotations

import re

import numpy as np
import pytest
from crosswarp.support.toolchain import cc1_command, run_tool
from crosswarp.targets.cpu import archs
from crosswarp.targets.cpu.emit import code_flags
from crosswarp.targets.libraries import library_path

from tests.targets.cpu.device_code import LOOP, Loader

VECTORISED = ("pairs", "quads", "sines", "angles", "norms", "powers", "scatter", "members", "stencil")


@pytest.fixture(scope="module")
def vectorised(load: Loader, tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """Names of the kernels whose loop is vectorised, by architecture, from LLVM's own record."""
    found = {}
    for arch in ("x86-64-v3", "x86-64-v4"):
        folder = tmp_path_factory.mktemp(arch)
        source, record = folder / "kernels.ll", folder / "record.yaml"
        source.write_bytes(load("thread_loops").stages["ll"])
        run_tool(cc1_command(*code_flags(archs.find(arch)), "-O3", "-opt-record-file", str(record), "-opt-record-passes",
                             "loop-vectorize", "-mlink-builtin-bitcode", str(library_path("cpu-x86-64")), str(source),
                             "-o", str(folder / "kernels.o")))  # fmt: skip
        passed = re.findall(r"^--- !Passed\n(?:.*\n)*?Function: +(\S+)", record.read_text(), re.MULTILINE)
        found[arch] = {name.removesuffix(".run") for name in passed}
    return found


@pytest.mark.parametrize("arch", ["x86-64-v3", "x86-64-v4"])
@pytest.mark.parametrize("kernel", VECTORISED)
def test_vectorised(vectorised: dict[str, set[str]], kernel: str, arch: str) -> None:
    assert kernel in vectorised[arch]


def test_a_thread_sees_its_own_stores(load: Loader) -> None:
    """Two parameters may point to the same memory: LLVM must not move a load in front of the store of the same iteration."""
    pairs = np.full((256, 2), -1, np.float32)
    load("thread_loops").launch("pairs", 4, 64, pairs, pairs)
    assert (pairs == np.stack([5 + np.arange(256), 6 + np.arange(256)], 1)).all()
    quads = np.zeros((256, 4), np.float32)
    quads[:, 0], quads[:, 1] = np.arange(256), 2 * np.arange(256)
    load("thread_loops").launch("quads", 4, 64, quads, quads)
    first, second = np.arange(256) + 1, 3 * np.arange(256) + 1
    assert (quads == np.stack([first, second, second, second], 1)).all()


def test_no_shared_atomic_is_lost(load: Loader) -> None:
    code = load("thread_loops")
    assert code.kernels["tickets"].model == LOOP
    kind, ticket = np.arange(256, dtype=np.int32) % 3, np.zeros(256, np.int32)
    code.launch("tickets", 1, 256, ticket, kind)
    assert all(len(set(ticket[kind == k].tolist())) == (kind == k).sum() for k in range(3))


@pytest.mark.parametrize(("kernel", "function", "kind"), [("sines", "sin", np.float32), ("tangents", "tan", np.float64)])
def test_rare_arguments_among_common_ones(load: Loader, kernel: str, function: str, kind: type) -> None:
    """Each lane gets what it gets alone, for huge arguments, infinities and NaN between moderate ones."""
    x = np.linspace(-40, 40, 200, dtype=kind)
    x[::7] *= kind(1e25)
    x[::31], x[5], x[6], x[8] = np.nan, np.inf, -np.inf, -0.0
    together, alone = np.zeros(200, kind), np.zeros(200, kind)
    code = load("thread_loops")
    code.launch(kernel, 1, 256, x, together, np.int32(200))
    for i in range(200):
        code.launch(kernel, 1, 1, x[i : i + 1].copy(), alone[i : i + 1], np.int32(1))
    assert together.tobytes() == alone.tobytes()
    with np.errstate(invalid="ignore"):
        assert np.allclose(together, getattr(np, function)(x.astype(np.longdouble)), rtol=1e-6, equal_nan=True)
