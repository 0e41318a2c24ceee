"""Compile time of Crosswarp's nvcc side by side with NVIDIA's, where that is on PATH.

    python benchmarks/compile_time.py [--runs 3] [--markdown table.md] [--jobs N] [source.cu ...]

Each source is compiled to an object (`-c -O3`) for one architecture (sm_80) and for three (sm_75, sm_80, sm_90): Crosswarp makes
PTX for them, NVIDIA's nvcc PTX and machine code. A third case is what Crosswarp makes by default: CPU, PTX and four AMD targets.
Nothing of a compilation is reused (Crosswarp's cache of images is off), the two compilers take turns, and the best of the runs
counts. Where CCCL's wheel is installed, a Thrust sort is measured too, each compiler with the Thrust that it finds by itself.
Both are run before they are measured, so that files are in memory and Crosswarp's CUDA headers are precompiled, as on a
developer's machine; `--cold-headers` does without the latter.
Wall and CPU seconds and the peak memory of the largest process, all with children, are the kernel's own accounting (`wait4`).
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_SOURCES = ("vector_add", "matmul_tiled", "nbody", "templates_lambdas", "softmax")
NEED_CCCL = (ROOT / "benchmarks" / "cccl" / "thrust_sort.cu",)
ONE = ("-arch=sm_80",)
THREE = tuple(word for number in (75, 80, 90) for word in ("-gencode", f"arch=compute_{number},code=sm_{number}"))
# The configured targets of other vendors would be built too: a side-by-side run compares like with like.
NVIDIA_ONLY = ("--targets=none",)
WARM_UP = 2


@dataclass(frozen=True)
class Cost:
    """What one compilation took: seconds, seconds, mebibytes."""

    wall: float
    cpu: float
    memory: float

    def best(self, other: Cost | None) -> Cost:
        """The smaller of both, part by part."""
        return self if other is None else Cost(min(self.wall, other.wall), min(self.cpu, other.cpu), min(self.memory, other.memory))


@dataclass(frozen=True)
class Case:
    """One row: how each compiler is called for it; `theirs` is None where NVIDIA's has no counterpart."""

    name: str
    ours: tuple[str, ...]
    theirs: tuple[str, ...] | None


CASES = (Case("one architecture", (*ONE, *NVIDIA_ONLY), ONE), Case("three architectures", (*THREE, *NVIDIA_ONLY), THREE),
         Case("default: CPU, PTX, 4 AMD", (), None))


def measure(command: list[str], environment: dict[str, str]) -> Cost:
    """Run a command to its end, with more variables in its environment. Raises `SystemExit` with its messages if it fails."""
    with tempfile.TemporaryFile() as log:
        start = time.monotonic()
        process = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, **environment})
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            log.seek(0)
            raise SystemExit(f"failed: {' '.join(command)}\n{log.read().decode(errors='replace')}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def other_nvcc(own: Path) -> str | None:
    """NVIDIA's nvcc: the first on PATH that is not ours."""
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        found = shutil.which("nvcc", path=folder)
        if found and Path(found).resolve() != own.resolve() and b"crosswarp" not in Path(found).read_bytes()[:4096]:
            return found
    return None


def compilers() -> tuple[Path, str | None]:
    """Our nvcc, and NVIDIA's if it is on PATH."""
    from crosswarp.driver.toolkit import make_toolkit

    own = make_toolkit() / "bin" / "nvcc"
    return own, other_nvcc(own)


def compare(source: Path, case: Case, own: Path, other: str | None, *, runs: int,
            flags: list[str], cold_headers: bool) -> tuple[Cost, Cost | None]:
    """The best of some runs of both compilers, taking turns."""
    ours: Cost | None = None
    theirs: Cost | None = None
    settings = {"CROSSWARP_CACHE": "off", "CROSSWARP_HEADERS": "off" if cold_headers else "on"}
    with tempfile.TemporaryDirectory() as folder:
        common = [*flags, "-O3", "-c", str(source), f"-I{source.parent}", f"-I{source.parent.parent / 'common'}"]
        for turn in range(-WARM_UP, runs):
            cost = measure([str(own), *case.ours, *common, "-o", f"{folder}/ours{turn}.o"], settings)
            ours = cost.best(ours) if turn >= 0 else None
            if other and case.theirs is not None:
                cost = measure([other, *case.theirs, *common, "-o", f"{folder}/theirs{turn}.o"], {})
                theirs = cost.best(theirs) if turn >= 0 else None
    assert ours is not None
    return ours, theirs


def row(name: str, case: str, ours: Cost, theirs: Cost | None) -> list[str]:
    """One row of the table; ratios say how many times faster or smaller ours is."""
    cells = [name, case, f"{ours.wall:.2f}", f"{ours.cpu:.2f}", f"{ours.memory:.0f}"]
    if theirs is None:
        return cells + [""] * 5
    return [*cells, f"{theirs.wall:.2f}", f"{theirs.cpu:.2f}", f"{theirs.memory:.0f}", f"{theirs.wall / ours.wall:.1f}x",
            f"{theirs.cpu / ours.cpu:.1f}x"]


HEADINGS = ["what", "case", "wall s", "CPU s", "MiB", "nvcc wall s", "nvcc CPU s", "nvcc MiB", "wall ratio", "CPU ratio"]


def as_markdown(rows: list[list[str]]) -> str:
    """The table as Markdown."""
    lines = [HEADINGS, ["---"] * 2 + ["--:"] * (len(HEADINGS) - 2), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def show(rows: list[list[str]], other: str | None, what: str, markdown: Path | None) -> None:
    """Print the table, and write it to the file, if one is given."""
    load = f"load average {os.getloadavg()[0]:.1f}"
    table = Table(title=f"{what}, {load}; nvcc is {other or 'not installed'}", title_justify="left")
    for heading in HEADINGS:
        table.add_column(heading, justify="left" if heading in HEADINGS[:2] else "right")
    for cells in rows:
        table.add_row(*cells)
    Console(width=None if sys.stdout.isatty() else 160).print(table)
    if markdown:
        markdown.write_text(as_markdown(rows))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="*", type=Path, help="CUDA sources; some samples without any")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=0, help="processes each compiler may use (-t); 0: the number of CPUs")
    parser.add_argument("--flags", default="", help="more options for both compilers, in one word")
    parser.add_argument("--cold-headers", action="store_true", help="no precompiled CUDA headers")
    parser.add_argument("--markdown", type=Path, help="also write the table to this file")
    options = parser.parse_args()
    from crosswarp.support.paths import cccl_dir

    own, other = compilers()
    usual = [ROOT / "samples" / name / f"{name}.cu" for name in DEFAULT_SOURCES]
    sources = options.sources or [*usual, *(NEED_CCCL if cccl_dir() else ())]
    flags = [f"-t{options.jobs or os.cpu_count()}", *options.flags.split()]
    rows = []
    for source in sources:
        for case in CASES:
            ours, theirs = compare(source, case, own, other, runs=options.runs, flags=flags,
                                   cold_headers=options.cold_headers)
            rows.append(row(source.stem, case.name, ours, theirs))
            print(" ".join(rows[-1]), file=sys.stderr)
    show(rows, other, "compile time", options.markdown)


if __name__ == "__main__":
    main()
