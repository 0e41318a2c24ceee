"""Compares Crosswarp's AMD code with clang's own HIP mode at -O3, kernel by kernel.

    python benchmarks/amd_code.py [--arch gfx1100] [--html page.html] [--markdown docs/amd_code.md] [more.cu ...]

Kernels: benchmarks/kernels/*.cu, and the files named. Both compilers are of one wheel; the HIP side links ROCm's device libraries
(`apt install rocm-device-libs`, or --device-libraries FOLDER). The exit status is 1 if a kernel does not compile on our side.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT))

from code_quality.compilers import DEVICE_LIBRARIES, DoesNotCompile, Folders, crosswarp_assembly, hip_assembly  # noqa: E402
from code_quality.figures import read_figures  # noqa: E402
from code_quality.kernels import Source, read_source  # noqa: E402
from code_quality.report import Comparison, print_table  # noqa: E402


def main() -> int:
    """The exit status."""
    options = _options()
    sources = [read_source(path) for path in [*sorted((ROOT / "kernels").glob("*.cu")), *options.sources]]
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        folders = Folders(options.keep or Path(folder), options.device_libraries)
        folders.work.mkdir(parents=True, exist_ok=True)
        for arch in options.arch or ["gfx1100"]:
            comparisons: list[Comparison] = []
            for source in sources:
                try:
                    comparisons += compare(source, arch, folders)
                except DoesNotCompile as error:
                    print(f"{source.path}: {str(error).strip()}", file=sys.stderr)
                    failed = 1
            print_table(arch, comparisons)
    return failed


def compare(source: Source, arch: str, folders: Folders) -> list[Comparison]:
    """Each kernel of a file that both compilers made."""
    ours = read_figures(crosswarp_assembly(source.path, arch, folders))
    theirs = read_figures(hip_assembly(source.path, arch, folders))
    return [Comparison(name, source.path.stem, ours[name], theirs[name]) for name in ours if name in theirs]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("sources", nargs="*", type=Path, help="further files of kernels")
    parser.add_argument("--arch", action="append", help="processor; may be repeated (default gfx1100)")
    parser.add_argument("--device-libraries", type=Path, default=DEVICE_LIBRARIES, help="folder of ROCm's bitcode")
    parser.add_argument("--keep", type=Path, help="keep assembly and code objects in this folder")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
