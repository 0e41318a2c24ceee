"""Measures the device math library and writes the tables of docs/math.md.

    python benchmarks/math_accuracy.py [--only NAME...] --update docs/math.md       # against mpmath
    python benchmarks/math_accuracy.py --fast --update docs/math.md                 # the __sinf family
    python benchmarks/math_accuracy.py --sweep [NAME...] --update docs/math.md      # f32 over all 2^32 arguments: minutes each

Runs the library compiled for this machine; every target has the same bits (docs/math.md). Needs mpmath and numpy. Rows of
functions that were not measured stay; a sweep writes its row as soon as it has it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from crosswarp.targets.devicelib.tools.accuracy import PROMISES, Measurement, Promise, measure
from crosswarp.targets.devicelib.tools.fast_accuracy import FAST_PROMISES, measure_fast
from crosswarp.targets.devicelib.tools.host_library import HostLibrary
from crosswarp.targets.devicelib.tools.sweep import SWEPT, Sweeper, Swept

HEADINGS = {
    "measured": "| function | type | worst error (ulp) | CUDA's bound (ulp) | worst absolute error | points | at |",
    "swept": "| function | arguments | worst error (ulp) | at | worst absolute error |",
    "fast": "| function | CUDA's bound | worst error, share of the bound | points | at |",
}


def row(promise: Promise, kind: str, found: Measurement) -> str:
    """One line of the table; CUDA counts from the correctly rounded result, hence the half."""
    bound = promise.f32 if kind == "f32" else promise.f64
    absolute = "" if promise.absolute is None else f"{found.absolute:.1e} (bound {promise.absolute[kind == 'f64']:.1e})"
    at = ", ".join(f"{value:.9g}" for value in found.at)
    return f"| `{promise.name}` | {kind} | {found.ulp:.2f} | {bound:g} + 0.5 | {absolute} | {found.points} | {at} |"


def swept_row(promise: Promise, found: Swept) -> str:
    """One line of the table of whole sweeps."""
    absolute = f"{found.absolute:.1e}" if promise.absolute else ""
    tried = "all" if found.patterns == 2**32 else str(found.patterns)
    return f"| `{promise.name}` | {tried} | {found.ulp:.3f} | {found.at:.9g} | {absolute} |"


def measured_rows(names: list[str], points: int, seed: int) -> Iterator[str]:
    """Functions against mpmath; all if none is named."""
    with tempfile.TemporaryDirectory() as folder:
        library = HostLibrary(Path(folder))
    for promise in PROMISES:
        if names and promise.name not in names:
            continue
        for kind in ("f32", "f64"):
            yield row(promise, kind, measure(library, promise, kind, points, seed))


def fast_rows(points: int, seed: int) -> Iterator[str]:
    """The `__sinf` family."""
    with tempfile.TemporaryDirectory() as folder:
        library = HostLibrary(Path(folder))
    for promise in FAST_PROMISES:
        found = measure_fast(library, promise, points, seed)
        at = ", ".join(f"{value:.9g}" for value in found.at)
        yield f"| `{promise.name}` | {promise.says} | {found.share:.2f} | {found.points} | {at} |"


def swept_rows(names: list[str], every: int, processor: str | None) -> Iterator[str]:
    """f32 functions over all arguments."""
    with tempfile.TemporaryDirectory() as folder:
        sweeper = Sweeper(Path(folder), processor)
    for promise in SWEPT:
        if not names or promise.name in names:
            found = sweeper.sweep(promise, every)
            yield swept_row(promise, found)


def key(line: str) -> tuple[str, ...]:
    """What a row is about: the function, and the type where there is one."""
    return tuple(cell.strip(" `") for cell in line.split("|")[1:3] if cell.strip() in ("f32", "f64") or "`" in cell)


def update(page: Path, table: str, rows: list[str]) -> None:
    """Put rows between the markers of `table`, in place of those of the same functions; the order is that of the records."""
    text, begin, end = page.read_text(), f"<!-- {table}: begin -->", f"<!-- {table}: end -->"
    before, after = text[: text.index(begin) + len(begin)], text[text.index(end) :]
    old = [line for line in text[len(before) : text.index(end)].splitlines() if line.startswith("| `")]
    known = {key(line): line for line in [*old, *rows]}
    order = [promise.name for promise in (FAST_PROMISES if table == "fast" else PROMISES)]
    rows = [known[about] for about in sorted(known, key=lambda about: (order.index(about[0]), about[1:]))]
    heading = HEADINGS[table]
    page.write_text("\n".join([before, heading, "|---" * (heading.count("|") - 1) + "|", *rows, after]))


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--points", type=int, default=20000, help="points a function; fewer where mpmath is slow")
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--only", nargs="*", default=[], metavar="NAME", help="these functions, not all")
    parser.add_argument("--fast", action="store_true", help="the __sinf family")
    parser.add_argument("--sweep", nargs="*", metavar="NAME", help="f32 over all arguments: all functions, or these")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="sweep one block of 4096 neighbours in N")
    parser.add_argument("--processor", help="a level of this machine's architecture for --sweep, as x86-64-v4")
    parser.add_argument("--update", type=Path, help="replace the table between the markers of this file")
    options = parser.parse_args()
    if options.sweep is not None:
        table, rows = "swept", swept_rows(options.sweep, options.every, options.processor)
    elif options.fast:
        table, rows = "fast", fast_rows(max(options.points, 1_000_000), options.seed)
    else:
        table, rows = "measured", measured_rows(options.only, options.points, options.seed)
    done = []
    for line in rows:
        print(line, flush=True)
        done.append(line)
        if options.update and table == "swept":
            update(options.update, table, [line])
    if options.update:
        update(options.update, table, done)
    return 0


if __name__ == "__main__":
    sys.exit(main())
