"""`make demo`: builds every sample for all default targets, runs it on the best device here, and shows what came of it.

Ends with three things to look at: a table of the samples, the pictures two of them drew, and what one binary holds.
Everything made lies in `.demo/`. The exit status is 1 if a sample did not build or did not pass.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from samples.catalogue import Sample, all_samples  # noqa: E402

OUT = ROOT / ".demo"
COMMAND = [sys.executable, "-c", "import sys; from crosswarp.driver.cli import main; sys.exit(main())"]
SHOWN = "nbody"  # the binary whose contents are listed at the end


@dataclass(frozen=True)
class Outcome:
    """What became of one sample. Times in seconds; `run_seconds` is 0 where the build failed."""

    sample: Sample
    passed: bool
    message: str
    build_seconds: float
    run_seconds: float = 0.0


def crosswarp(*words: str, check: bool = True) -> str:
    """Standard output of a `crosswarp` command; its messages go to ours. With `check`, a failure is a `CalledProcessError`."""
    return subprocess.run([*COMMAND, *words], stdout=subprocess.PIPE, text=True, check=check).stdout


def main() -> int:
    """Exit status of the demo."""
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 150)
    OUT.mkdir(exist_ok=True)
    console.print("[bold]What was found here[/bold]")
    console.print(crosswarp("doctor", check=False).rstrip(), markup=False, soft_wrap=True)
    nvcc = Path(crosswarp("toolkit").strip()) / "bin" / "nvcc"
    outcomes = list(run_all(console, nvcc, all_samples()))
    show(console, outcomes)
    return 0 if all(outcome.passed for outcome in outcomes) else 1


def run_all(console: Console, nvcc: Path, samples: list[Sample]) -> Iterator[Outcome]:
    """Build and run each sample, with a bar on a terminal and a line each elsewhere."""
    if not console.is_terminal:
        for sample in samples:
            outcome = build_and_run(nvcc, sample)
            times = f"build {outcome.build_seconds:5.1f} s, run {outcome.run_seconds:5.2f} s"
            console.print(f"{sample.name:20} {times}  {outcome.message}", markup=False, soft_wrap=True)
            yield outcome
        return
    columns = (TextColumn("{task.description:24}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("samples", total=len(samples))
        for sample in samples:
            progress.update(task, description=sample.name)
            yield build_and_run(nvcc, sample)
            progress.advance(task)


def build_and_run(nvcc: Path, sample: Sample) -> Outcome:
    """One sample: unmodified source, our nvcc, then the program itself."""
    program = OUT / sample.name
    program.unlink(missing_ok=True)
    start = time.perf_counter()
    built = subprocess.run([str(nvcc), *sample.build_words(program)], capture_output=True, text=True, check=False)
    build_seconds = time.perf_counter() - start
    if built.returncode:
        return Outcome(sample, False, last_line(built.stderr or built.stdout, "does not build"), build_seconds)

    picture = [str(picture_of(sample))] if sample.picture else []
    start = time.perf_counter()
    ran = subprocess.run([str(program), *picture], capture_output=True, text=True, cwd=OUT, check=False)
    run_seconds = time.perf_counter() - start
    message = last_line(ran.stdout, last_line(ran.stderr, f"ended with status {ran.returncode}"))
    return Outcome(sample, ran.returncode == 0 and message.startswith("PASS"), message, build_seconds, run_seconds)


def picture_of(sample: Sample) -> Path:
    """Where a sample's picture is drawn."""
    return OUT / f"{sample.name}.png"


def last_line(text: str, otherwise: str) -> str:
    """The last line of a program's output that says something."""
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else otherwise


def show(console: Console, outcomes: list[Outcome]) -> None:
    """The samples' table, the pictures, the contents of one binary."""
    table = Table(title="Samples", title_justify="left")
    for heading, justify in (("sample", "left"), ("result", "left"), ("build", "right"), ("run", "right"), ("figures", "left")):
        table.add_column(heading, justify=justify)  # type: ignore[arg-type]
    for outcome in outcomes:
        result = "[green]PASS[/green]" if outcome.passed else "[red]FAIL[/red]"
        figures = outcome.message.removeprefix("PASS ").removeprefix("FAIL ").removeprefix(f"{outcome.sample.name}: ")
        table.add_row(outcome.sample.name, result, f"{outcome.build_seconds:.1f} s", f"{outcome.run_seconds:.2f} s", figures)
    console.print()
    console.print(table)

    pictures = [picture_of(outcome.sample) for outcome in outcomes if outcome.sample.picture and outcome.passed]
    if pictures:
        console.print("\n[bold]Pictures[/bold]")
        for picture in pictures:
            console.print(f"  {picture}", markup=False, soft_wrap=True)
    if (OUT / SHOWN).exists():
        console.print(f"\n[bold]Inside {OUT / SHOWN}[/bold]", soft_wrap=True)
        console.print(crosswarp("inspect", str(OUT / SHOWN)).rstrip(), markup=False, soft_wrap=True)
    passed = sum(outcome.passed for outcome in outcomes)
    console.print(f"\n{passed} of {len(outcomes)} samples pass.")


if __name__ == "__main__":
    sys.exit(main())
