"""`make programs`: how much of real CUDA code from a package registry compiles, and where.

The sources come from PyPI source distributions, downloaded by name and version: today the CUDA backend inside llama-cpp-python.
Each `.cu` file is compiled with our nvcc for the CPU, for gfx1100 and for sm_80, one target at a time, so that one target's failure
hides nothing about the others. Nothing is patched. Printed: a line per failing file with its first error, and the counts.

    .venv/bin/python scripts/programs.py [--only PATTERN] [--limit N] [--targets cpu,gfx1100,sm_80] [--jobs N]

Exit status 0 whatever the counts are (they are a yardstick, not a test); 1 when the sources cannot be had.
"""

from __future__ import annotations

import argparse
import fnmatch
import json
import os
import re
import subprocess
import sys
import tarfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from project_suite.messages import first_error
from project_suite.sources import unpack_sdist
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "build" / "programs"
COMMAND = [sys.executable, "-c", "import sys; from crosswarp.driver.cli import main; sys.exit(main())"]
TARGETS = ("cpu", "gfx1100", "sm_80")
SECONDS_PER_FILE = 600


@dataclass(frozen=True)
class Suite:
    """A source distribution with CUDA sources. Folders and patterns are relative to the unpacked archive; `flags` are nvcc's."""

    package: str
    version: str
    sources: tuple[str, ...]
    includes: tuple[str, ...]
    flags: tuple[str, ...]


SUITES = (
    Suite("llama-cpp-python", "0.3.36", ("vendor/llama.cpp/ggml/src/ggml-cuda/**/*.cu",),
          ("vendor/llama.cpp/ggml/include", "vendor/llama.cpp/ggml/src", "vendor/llama.cpp/ggml/src/ggml-cuda"),
          ("-std=c++17", "-O3", "--extended-lambda", "--use_fast_math", "-DGGML_CUDA_USE_GRAPHS", "-D_GNU_SOURCE")),
)


@dataclass(frozen=True)
class Sources:
    """An unpacked suite and the files chosen from it."""

    suite: Suite
    root: Path
    files: tuple[Path, ...]


@dataclass(frozen=True)
class Result:
    """One file for one target. `error` is the first error's text, empty when it compiled."""

    file: str
    target: str
    error: str

    @property
    def compiled(self) -> bool:
        """Whether an object came out."""
        return not self.error


def main() -> int:
    """Exit status."""
    options = read_options()
    console = Console(highlight=False)
    nvcc = subprocess.run([*COMMAND, "toolkit"], capture_output=True, text=True, check=True).stdout.strip() + "/bin/nvcc"
    for suite in SUITES:
        try:
            root = unpack_sdist(suite.package, suite.version, OUT)
        except (subprocess.CalledProcessError, tarfile.TarError, OSError) as error:
            console.print(f"{suite.package} {suite.version}: sources not available: {error}", markup=False, soft_wrap=True)
            return 1
        sources = Sources(suite, root, tuple(select(suite, root, options)))
        report(console, sources, compile_all(console, nvcc, sources, options))
    return 0


def read_options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="Compile CUDA sources of PyPI source distributions with our nvcc.")
    parser.add_argument("--only", default="*", help="compile files whose name matches this pattern")
    parser.add_argument("--limit", type=int, default=0, help="stop after so many files (0: all)")
    parser.add_argument("--targets", default=",".join(TARGETS), help="comma-separated targets")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="compilers at a time")
    return parser.parse_args()


def select(suite: Suite, root: Path, options: argparse.Namespace) -> list[Path]:
    """The files to compile, in order of name."""
    found = sorted({path for pattern in suite.sources for path in root.glob(pattern)})
    chosen = [path for path in found if fnmatch.fnmatch(path.name, options.only)]
    return chosen[: options.limit] if options.limit else chosen


def compile_all(console: Console, nvcc: str, sources: Sources, options: argparse.Namespace) -> list[Result]:
    """Compile every file for every target, some at a time, with a bar (or a line per file where there is no terminal)."""
    work = [(file, target) for file in sources.files for target in options.targets.split(",")]
    columns = (TextColumn("{task.description:28}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    results: list[Result] = []
    with ThreadPoolExecutor(options.jobs) as pool, Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task(sources.suite.package, total=len(work))
        for result in pool.map(lambda item: compile_one(nvcc, sources, *item), work):
            results.append(result)
            progress.advance(task)
            if result.error or not console.is_terminal:
                outcome = result.error or "compiled"
                console.print(f"{result.target:8} {Path(result.file).name}: {outcome}", markup=False, soft_wrap=True)
    return results


def compile_one(nvcc: str, sources: Sources, file: Path, target: str) -> Result:
    """Compile one file for one target; the object is thrown away."""
    suite, root = sources.suite, sources.root
    relative = file.relative_to(root).as_posix()
    output = OUT / "objects" / f"{relative.replace('/', '.')}.{target}.o"
    output.parent.mkdir(parents=True, exist_ok=True)
    command = [nvcc, "-c", str(file), "-o", str(output), *suite.flags, *(f"-I{root / include}" for include in suite.includes)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=SECONDS_PER_FILE, check=False,
                              env={**os.environ, "CROSSWARP_TARGETS": target})
    except subprocess.TimeoutExpired:
        return Result(relative, target, f"not done after {SECONDS_PER_FILE} s")
    output.unlink(missing_ok=True)
    return Result(relative, target, "" if done.returncode == 0 else first_error(done.stderr or done.stdout))


def report(console: Console, sources: Sources, results: list[Result]) -> None:
    """The counts, the commonest causes, and all results as JSON beside the sources."""
    table = Table(title=f"{sources.suite.package} {sources.suite.version}", title_justify="left")
    for heading in ("target", "compiled", "of"):
        table.add_column(heading, justify="left" if heading == "target" else "right")
    for target in dict.fromkeys(result.target for result in results):
        mine = [result for result in results if result.target == target]
        table.add_row(target, str(sum(result.compiled for result in mine)), str(len(mine)))
    console.print(table)
    causes = Counter(re.sub(r"^\S+:\d+:\d+: ", "", result.error) for result in results if result.error)
    for cause, count in causes.most_common(15):
        console.print(f"{count:5}  {cause}", markup=False, soft_wrap=True)
    path = OUT / f"{sources.root.name}.json"
    path.write_text(json.dumps([asdict(result) for result in results], indent=1))
    console.print(f"all results: {path}", markup=False, soft_wrap=True)


if __name__ == "__main__":
    sys.exit(main())
