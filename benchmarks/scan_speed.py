"""How fast `crosswarp coverage PATH` reads a large tree: lines a minute, memory, start-up.

    python benchmarks/scan_speed.py [--lines 1000000] [--jobs 2] [--units 40] [--markdown table.md]

The tree is made from this repository's CUDA and C++ sources, the same each time: copies in folders of their own until it has so
many lines. Measured is the command as a user calls it, with its result as JSON and without progress: the whole tree by tokens; a
smaller tree (`--units` compilations of the samples) with a compilation database, whose files clang parses; and one small file,
which is the start-up. Wall and CPU seconds are those of the command with its children, memory is that of its largest process, by
the kernel's accounting (`wait4`).
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
COMMAND = (sys.executable, "-c", "import sys; from crosswarp.driver.cli import main; sys.exit(main())", "coverage")
FOLDERS = ("samples", "benchmarks", "tests/programs", "tests/run", "tests/device_functions", "runtime_shim")
SUFFIXES = (".cu", ".cuh", ".cpp", ".hpp", ".h")


@dataclass(frozen=True)
class Measured:
    """One scan: seconds, seconds, mebibytes."""

    name: str
    lines: int
    files: int
    wall: float
    cpu: float
    memory: float

    @property
    def row(self) -> tuple[str, ...]:
        """As the table shows it."""
        speeds = (f"{self.lines / seconds * 60 / 1e6:.2f}" for seconds in (self.wall, self.cpu))
        costs = (f"{self.wall:.1f}", f"{self.cpu:.1f}", f"{self.memory:.0f}")
        return (self.name, f"{self.lines:,}", f"{self.files:,}", *costs, *speeds)


HEADINGS = ("scan", "lines", "files", "wall s", "CPU s", "MiB", "million lines a minute", "a minute of one processor")


def main(words: Sequence[str]) -> int:
    """Exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=1_000_000, help="of the tree that is read by tokens")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    parser.add_argument("--units", type=int, default=40, help="compilations of the tree that clang parses")
    parser.add_argument("--markdown", type=Path, help="write the table there too")
    options = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        results = [measure("tokens", big_tree(folder / "big", options.lines), options.jobs),
                   measure("compilation database", built_tree(folder / "built", options.units), options.jobs),
                   measure("one file (start-up)", one_file(folder / "one"), options.jobs)]
    show(results, options.markdown)
    return 0


def sources() -> list[Path]:
    """Those of this repository, in order of name."""
    return sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.suffix in SUFFIXES and path.is_file())


def big_tree(folder: Path, lines: int) -> Path:
    """Copies of all sources until there are so many lines."""
    written, number = 0, 0
    texts = [(path.relative_to(ROOT), path.read_text(encoding="utf-8")) for path in sources()]
    while written < lines:
        for name, text in texts:
            place = folder / f"copy{number}" / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
            written += text.count("\n")
            if written >= lines:
                break
        number += 1
    return folder


def built_tree(folder: Path, units: int) -> Path:
    """Copies of the samples, each with a compilation in `compile_commands.json`."""
    samples = sorted((ROOT / "samples").glob("*/*.cu"))
    commands = []
    for number in range(units):
        sample = samples[number % len(samples)]
        place = folder / f"unit{number}" / sample.name
        shutil.copytree(sample.parent, place.parent)
        arguments = ["nvcc", f"-I{ROOT / 'samples'}", f"-I{ROOT / 'samples' / 'common'}", "-c", str(place)]
        commands.append({"directory": str(folder), "file": str(place), "arguments": arguments})
    (folder / "compile_commands.json").write_text(json.dumps(commands))
    return folder


def one_file(folder: Path) -> Path:
    """A program of a few lines."""
    folder.mkdir()
    (folder / "a.cu").write_text("__global__ void k() {}\nint main() { k<<<1, 1>>>(); return cudaDeviceSynchronize(); }\n")
    return folder


def measure(name: str, folder: Path, jobs: int) -> Measured:
    """One scan of `folder`."""
    report = folder.with_suffix(".json")
    words = [*COMMAND, str(folder), "--jobs", str(jobs), "--quiet", "--fail-on", "never", "-o", str(report)]
    begin = time.perf_counter()
    process = subprocess.Popen(words)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - begin
    if process.returncode:
        raise SystemExit(f"{name}: the scan ended with {process.returncode}")
    summary = json.loads(report.read_text())["summary"]
    return Measured(name, summary["lines"], summary["files"], wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def show(results: Sequence[Measured], markdown: Path | None) -> None:
    """On the terminal, and as Markdown."""
    table = Table()
    for heading in HEADINGS:
        table.add_column(heading, justify="left" if heading == HEADINGS[0] else "right")
    for result in results:
        table.add_row(*result.row)
    Console(highlight=False).print(table)
    if markdown:
        rows = [HEADINGS, ("---", *("--:" for _ in HEADINGS[1:])), *(result.row for result in results)]
        markdown.write_text("".join(f"| {' | '.join(row)} |\n" for row in rows))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
