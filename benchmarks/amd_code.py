"""Compares Crosswarp's AMD code with clang's own HIP mode at -O3, kernel by kernel.

    python benchmarks/amd_code.py [--arch gfx1100]... [--html page.html] [--markdown docs/amd_code.md] [more.cu ...]

Kernels: benchmarks/kernels/*.cu, and the files named. Both compilers are of one wheel; the HIP side links ROCm's device libraries
(`apt install rocm-device-libs`, or --device-libraries FOLDER). Kernels whose comment says how to launch them are run on the
emulator, with the same arguments for both. The exit status is 1 if a kernel does not compile, run, or give the same results.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT))

from code_quality.compilers import (  # noqa: E402
    DEVICE_LIBRARIES,
    DoesNotCompile,
    Folders,
    crosswarp_assembly,
    hip_assembly,
    link,
)
from code_quality.dynamic import CannotRun, run_both  # noqa: E402
from code_quality.figures import read_figures  # noqa: E402
from code_quality.kernels import Source, read_source  # noqa: E402
from code_quality.page import page, ratio_plot  # noqa: E402
from code_quality.report import Comparison, Result, print_table, update_document  # noqa: E402


def main() -> int:
    """The exit status."""
    options = _options()
    sources = [read_source(path) for path in [*sorted((ROOT / "kernels").glob("*.cu")), *options.sources]]
    with tempfile.TemporaryDirectory() as folder:
        folders = Folders(options.keep or Path(folder), options.device_libraries)
        folders.work.mkdir(parents=True, exist_ok=True)
        results = [Result(arch, tuple(compare_all(sources, arch, folders))) for arch in options.arch or ["gfx1100"]]
    for result in results:
        print_table(result)
    if options.html:
        options.html.write_text(page(results))
    if options.plots:
        for result in results:
            (options.plots / f"amd_code_{result.arch}.svg").write_text(ratio_plot(result))
    if options.markdown:
        update_document(options.markdown, results)
    good = all(c.runs is None or c.runs.agree for r in results for c in r.comparisons)
    return 0 if good and not any(c.problem for r in results for c in r.comparisons) else 1


def compare_all(sources: list[Source], arch: str, folders: Folders) -> Iterator[Comparison]:
    """Every kernel of every file; a file that one side does not compile is named on stderr."""
    for source in sources:
        try:
            yield from compare(source, arch, folders)
        except DoesNotCompile as error:
            print(f"{source.path}: {str(error).strip()}", file=sys.stderr)


def compare(source: Source, arch: str, folders: Folders) -> Iterator[Comparison]:
    """Each kernel of a file that both compilers made."""
    ours, theirs = crosswarp_assembly(source.path, arch, folders), hip_assembly(source.path, arch, folders)
    figures = read_figures(ours), read_figures(theirs)
    images = link(ours, arch), link(theirs, arch)
    for name in (name for name in figures[0] if name in figures[1]):
        pair = figures[0][name], figures[1][name]
        launch = source.launches.get(name)
        try:
            yield Comparison(name, source.path.stem, *pair, run_both(*images, name, launch) if launch else None)
        except CannotRun as error:
            yield Comparison(name, source.path.stem, *pair, problem=str(error))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("sources", nargs="*", type=Path, help="further files of kernels")
    parser.add_argument("--arch", action="append", help="processor; may be repeated (default gfx1100)")
    parser.add_argument("--device-libraries", type=Path, default=DEVICE_LIBRARIES, help="folder of ROCm's bitcode")
    parser.add_argument("--keep", type=Path, help="keep assembly and code objects in this folder")
    parser.add_argument("--html", type=Path, help="write a page with plots")
    parser.add_argument("--plots", type=Path, help="write the plots of executed instructions to this folder")
    parser.add_argument("--markdown", type=Path, help="bring the tables of a document up to date")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
