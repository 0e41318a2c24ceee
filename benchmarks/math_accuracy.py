"""Measures the device math library against mpmath and writes the table of docs/math.md.

    python benchmarks/math_accuracy.py [--points 20000] [--update docs/math.md]

Runs the library compiled for this machine; every target has the same bits (docs/math.md). Needs mpmath and numpy.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from crosswarp.targets.devicelib.tools.accuracy import PROMISES, Measurement, Promise, measure
from crosswarp.targets.devicelib.tools.host_library import HostLibrary

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
HEADING = "| function | type | worst (ulp) | CUDA's bound (ulp) | worst absolute error | points | at |\n" + "|---" * 7 + "|\n"


def row(promise: Promise, kind: str, found: Measurement) -> str:
    """One line of the table; CUDA counts from the correctly rounded result, hence the half."""
    bound = promise.f32 if kind == "f32" else promise.f64
    absolute = "" if promise.absolute is None else f"{found.absolute:.1e} (bound {promise.absolute[kind == 'f64']:.1e})"
    at = ", ".join(f"{value:.9g}" for value in found.at)
    return f"| `{promise.name}` | {kind} | {found.ulp:.2f} | {bound:g} + 0.5 | {absolute} | {found.points} | {at} |\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=20000, help="points a function; fewer where mpmath is slow")
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--update", type=Path, help="replace the table between the markers of this file")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        library = HostLibrary(Path(folder))
    table = HEADING
    for promise in PROMISES:
        for kind in ("f32", "f64"):
            line = row(promise, kind, measure(library, promise, kind, options.points, options.seed))
            print(line, end="", flush=True)
            table += line
    if options.update:
        text = options.update.read_text()
        before, after = text[: text.index(BEGIN) + len(BEGIN)], text[text.index(END) :]
        options.update.write_text(f"{before}\n{table}{after}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
