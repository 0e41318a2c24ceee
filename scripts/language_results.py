"""Compiles the source of each language feature for every target, and writes what is refused: `derive/language_results.tsv`.

    python scripts/language_results.py [--check]

Features with the same flags are compiled together; where that fails, halves of them are, down to the one that is refused.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from crosswarp.cuda_api_coverage.catalogue.tables import rows, write_rows
from crosswarp.cuda_api_coverage.derive.language import HEADINGS, RESULTS, TARGETS, Feature, features, source

Result = tuple[str, str, str]
_COMMENT = "What the compiler says against the source of a language feature. Written by scripts/language_results.py."
_NVCC = [sys.executable, "-c", "import sys; from crosswarp.driver.start import main; sys.exit(main())"]
_MESSAGE = re.compile(r"error: (.*?)(?: \(called in .*\))?(?: \[[\w-]+\])?$", re.M)


def compiled(chosen: Sequence[Feature], targets: Collection[str]) -> str:
    """Empty where the compiler takes these features, which have the same flags, for the targets; else its first error."""
    first = chosen[0]
    others = [target for target in targets if target != "sm"]
    images = ",".join(others if "sm" in targets else [*others, "only"]) or "none"
    arch = () if any(flag.startswith("-arch") for flag in first.flags) else (f"-arch={first.arch}",)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "features.cu")
        path.write_text(source(chosen) + "int main() {}\n")
        # What separate compilation cannot do shows when the parts are linked.
        step = () if "-rdc=true" in first.flags else ("-c",)
        words = [*step, "-w", path, "-o", Path(folder, "features"), f"--targets={images}", *arch, *first.flags]
        done = subprocess.run([*_NVCC, *map(str, words)], capture_output=True, text=True, check=False)
    found = _MESSAGE.search(done.stderr)
    return "" if done.returncode == 0 else found[1] if found else done.stderr.strip().replace("\n", " ")


def results(chosen: Iterable[Feature]) -> Iterator[Result]:
    """Name, target and message of every refusal."""
    for _, same in groupby(sorted(chosen, key=lambda feature: feature.flags), key=lambda feature: feature.flags):
        yield from _of_flags(list(same))


def _of_flags(chosen: list[Feature]) -> Iterator[Result]:
    if not compiled(chosen, TARGETS):
        return
    if len(chosen) > 1:
        half = len(chosen) // 2
        yield from _of_flags(chosen[:half])
        yield from _of_flags(chosen[half:])
        return
    for target in TARGETS:
        if said := compiled(chosen, [target]):
            yield chosen[0].entry.name, target, said


def main() -> int:
    """Write, or with `--check` compare. Returns the exit status."""
    found = sorted(results(features()))
    if "--check" in sys.argv:
        return 0 if found == [tuple(row) for row in rows(RESULTS)] else 1
    write_rows(RESULTS, _COMMENT, HEADINGS, found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
