"""Programs with matrix products, compiled once for each device, and their arrays."""

from __future__ import annotations

import struct
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "ir" / "ptx")]
PROGRAMS = HERE / "programs"
Run = Callable[..., list[bytes]]


@pytest.fixture(scope="session")
def tensor(crosswarp_nvcc, toolkit: Path, tmp_path_factory) -> Run:
    """`tensor(device, source, arrays, *options)`: the arrays that a program puts when it is given these.

    `source` is the name of a file of `programs/` or the text; `options` are nvcc's.
    """
    folder, built = tmp_path_factory.mktemp("tensor"), {}

    def program(device: str, source: str, options: Sequence[str]) -> Path:
        key = device, source, tuple(options)
        if key not in built:
            name = folder / f"{device}{len(built)}"
            is_file = source.endswith(".cu")
            name.with_suffix(".cu").write_text((PROGRAMS / source).read_text() if is_file else source)
            crosswarp_nvcc(name.with_suffix(".cu"), "-I", PROGRAMS, "-o", name, f"--targets={device},only", "-arch=sm_90",
                           *options, timeout=1200)  # fmt: skip
            built[key] = name
        return built[key]

    def run(device: str, source: str, arrays: Sequence[np.ndarray | bytes], *options: str) -> list[bytes]:
        path = program(device, source, options)
        given, results = path.with_suffix(".in"), path.with_suffix(".out")
        given.write_bytes(b"".join(struct.pack("<Q", len(raw)) + raw for raw in map(raw_bytes, arrays)))
        environment = {"CROSSWARP_DEVICE": device if device == "cpu" else f"emu:{device}", "LD_LIBRARY_PATH": f"{toolkit}/lib64"}
        type(crosswarp_nvcc)((str(path),), environment)(given, results, timeout=1200)
        return list(split(results.read_bytes()))

    return run


def split(content: bytes):
    """Arrays of a file, each after its length."""
    while content:
        size = struct.unpack_from("<Q", content)[0]
        yield content[8 : 8 + size]
        content = content[8 + size :]


def raw_bytes(array: np.ndarray | bytes) -> bytes:
    """As the program reads it."""
    return array if isinstance(array, bytes) else np.asarray(array).tobytes()
