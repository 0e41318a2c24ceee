"""Compares Crosswarp's code for tensor-core kernels with kernels written by hand for AMD's matrix units, on the emulator.

    python benchmarks/tensor_cores.py [--arch gfx1100]... [--kernel NAME]... [--json] [--markdown docs/tensor-layout.md]

The CUDA kernels are tensor/cuda/*.cu; beside each stands the same algorithm with AMD's built-ins, tensor/amd/*.cu, compiled by
clang's HIP mode at -O3 (on processors with MFMA twice, with tiles of 16 by 16 and of 32 by 32). Both get the same arguments,
results are compared with NumPy's, and what waves execute is counted, in the main loop apart: what a longer problem takes beyond a
shorter one.
The exit status is 1 if a kernel does not compile, does not run or is wrong.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT))

from code_quality.compilers import DEVICE_LIBRARIES, DoesNotCompile, Folders, crosswarp_image, hip_assembly, link  # noqa: E402
from tensor.cases import CASES, Case  # noqa: E402
from tensor.report import Comparison, as_json, print_table, update_document  # noqa: E402
from tensor.runs import CannotRun, Run, run  # noqa: E402

ARCHS = ("gfx1100", "gfx1201", "gfx90a", "gfx942")


def main() -> int:
    """The exit status."""
    options = _options()
    cases = [case for case in CASES if not options.kernel or case.kernel in options.kernel]
    with tempfile.TemporaryDirectory() as folder:
        folders = Folders(options.keep or Path(folder), options.device_libraries)
        folders.work.mkdir(parents=True, exist_ok=True)
        found = [c for arch in options.arch or ARCHS for case in cases for c in compare(case, arch, folders)]
    if options.json:
        print(as_json(found))
    else:
        print_table(found)
    if options.markdown:
        update_document(options.markdown, found)
    return 0 if all(isinstance(side, Run) and side.right for c in found for side in (c.ours, c.by_hand)) else 1


def compare(case: Case, arch: str, folders: Folders) -> Iterator[Comparison]:
    """A kernel of ours with each that was written by hand."""
    has_mfma = arch.startswith("gfx9")
    if case.only_mfma and not has_mfma:
        return
    ours = _ours(case, arch, folders)
    for tile in (16, 32) if has_mfma and case.has_large_tiles else (16,):
        yield Comparison(case.kernel, arch, tile, case.lengths, ours, _by_hand(case, arch, folders, tile))


def _ours(case: Case, arch: str, folders: Folders) -> Run | str:
    try:
        return run(_our_code(case.source, arch, folders), case, lambda _: case.geometry)
    except (CannotRun, DoesNotCompile) as error:
        return str(error)


def _by_hand(case: Case, arch: str, folders: Folders, tile: int) -> Run | str:
    try:
        return run(_code_by_hand(case.source, arch, folders, tile), case, lambda lanes: case.by_hand(lanes, tile))
    except (CannotRun, DoesNotCompile) as error:
        return str(error)


@cache
def _our_code(source: str, arch: str, folders: Folders) -> bytes:
    return crosswarp_image(ROOT / "tensor" / "cuda" / f"{source}.cu", arch, folders).read_bytes()


@cache
def _code_by_hand(source: str, arch: str, folders: Folders, tile: int) -> bytes:
    options = ["-DMFMA_32"] if tile == 32 else []
    return link(hip_assembly(ROOT / "tensor" / "amd" / f"{source}.cu", arch, folders, *options), arch).read_bytes()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--arch", action="append", choices=ARCHS, help="processor; may be repeated (default: all)")
    parser.add_argument("--kernel", action="append", choices=[case.kernel for case in CASES], help="only this one; may be repeated")
    parser.add_argument("--device-libraries", type=Path, default=DEVICE_LIBRARIES, help="folder of ROCm's bitcode")
    parser.add_argument("--keep", type=Path, help="keep assembly and code objects in this folder")
    parser.add_argument("--json", action="store_true", help="print all counts as JSON")
    parser.add_argument("--markdown", type=Path, help="bring the table of a document up to date")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
