"""The comparison as a table on the terminal and as Markdown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, log
from pathlib import Path

from code_quality.dynamic import Runs
from code_quality.figures import Figures

LIMIT = 1.05  # a kernel that executes more than this times what the other compiler's does
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
HEADINGS = ("kernel", "executed", "HIP", "ratio", "static", "transactions", "VGPRs", "SGPRs", "spills", "scratch", "LDS",
            "occupancy", "code")


@dataclass(frozen=True)
class Comparison:
    """One kernel of both compilers. `runs` is None where it was not run, then `problem` may say why."""

    kernel: str
    file: str
    ours: Figures
    theirs: Figures
    runs: Runs | None = None
    problem: str = ""

    @property
    def static_ratio(self) -> float:
        """Our instructions by theirs; below 1 is better."""
        return self.ours.instructions / self.theirs.instructions

    @property
    def more_spills(self) -> bool:
        """Whether our side spills more registers."""
        return self.ours.spills > self.theirs.spills


@dataclass(frozen=True)
class Result:
    """All kernels on one processor."""

    arch: str
    comparisons: tuple[Comparison, ...]

    @property
    def executed(self) -> list[tuple[Comparison, Runs]]:
        """The kernels that ran."""
        return [(c, c.runs) for c in self.comparisons if c.runs is not None]

    def summary(self) -> str:
        """The figures that count, in a sentence."""
        runs = self.executed
        above = [c.kernel for c, r in runs if r.ratio > LIMIT]
        mean = geometric_mean(r.ratio for _, r in runs)
        transactions = geometric_mean(transaction_ratio(r) for _, r in runs)
        wrong = [c.kernel for c, r in runs if not r.agree] + [c.kernel for c in self.comparisons if c.problem]
        return (f"{self.arch}: {len(runs)} of {len(self.comparisons)} kernels run, executed instructions {mean:.3f} of HIP's "
                f"(geometric mean), 64-byte transactions {transactions:.3f}; above {LIMIT}: {', '.join(above) or 'none'}; "
                f"more spills: {sum(c.more_spills for c in self.comparisons)}; wrong or stopped: {', '.join(wrong) or 'none'}")


def transaction_ratio(runs: Runs) -> float:
    """Our 64-byte pieces of global memory by theirs."""
    return max(1, runs.ours.transactions_64) / max(1, runs.theirs.transactions_64)


def geometric_mean(values: Iterable[float]) -> float:
    """Of positive numbers; 1 of none."""
    logarithms = [log(value) for value in values]
    return exp(sum(logarithms) / len(logarithms)) if logarithms else 1.0


def _pair(ours: int, theirs: int) -> str:
    return f"{ours}" if ours == theirs else f"{ours} / {theirs}"


def cells(c: Comparison) -> list[str]:
    """A row of the table, in the order of the headings: `ours / HIP's` where they differ."""
    a, b, runs = c.ours, c.theirs, c.runs
    ran = [str(runs.ours.instructions), str(runs.theirs.instructions), f"{runs.ratio:.2f}"] if runs else ["", "", ""]
    moved = _pair(runs.ours.transactions_64, runs.theirs.transactions_64) if runs else ""
    static = f"{a.instructions} / {b.instructions}"
    pairs = [(a.vgprs, b.vgprs), (a.sgprs, b.sgprs), (a.spills, b.spills), (a.scratch, b.scratch), (a.lds, b.lds),
             (a.occupancy, b.occupancy), (a.code, b.code)]  # fmt: skip
    return [c.kernel, *ran, static, moved, *(_pair(*pair) for pair in pairs)]


def print_table(result: Result) -> None:
    """One line a kernel."""
    rows = [list(HEADINGS), *(cells(c) for c in result.comparisons)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    for c in result.comparisons:
        if c.problem or (c.runs and not c.runs.agree):
            print(f"{c.kernel}: {c.problem or 'results differ'}")
    print(result.summary())


def markdown(results: list[Result]) -> str:
    """Summaries and tables."""
    lines: list[str] = []
    for result in results:
        lines += [f"### {result.arch}", "", result.summary() + ".", ""]
        lines += ["| " + " | ".join(HEADINGS) + " |", "|---" * len(HEADINGS) + "|"]
        lines += ["| " + " | ".join([f"`{c.kernel}`", *cells(c)[1:]]) + " |" for c in result.comparisons] + [""]
    return "\n".join(lines)


def update_document(path: Path, results: list[Result]) -> None:
    """Puts the tables between the marks of a document. Raises `ValueError` where it has none."""
    text = path.read_text()
    head, begin, rest = text.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{path} has no marks {BEGIN} and {END}")
    path.write_text(f"{head}{BEGIN}\n{markdown(results)}{END}{tail}")
