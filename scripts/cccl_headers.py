"""Compiles CCCL's wheel with our nvcc: which of its public headers each target takes, and which names of the records it declares.

    python scripts/cccl_headers.py           needs `nvidia-cuda-cccl` beside Crosswarp, and a minute or two

Writes cuda_api_coverage/derive/cccl_headers.tsv and cccl_missing.tsv, from which the records of CUB, Thrust and libcu++ are made.
The headers of a library are compiled as one source, less those that errors lie in. A name is there when `using ::name;` compiles;
what only a class has (`cub::BlockScan::InclusiveSum`) goes with its class.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from crosswarp.cuda_api_coverage.catalogue.load import RECORDS
from crosswarp.cuda_api_coverage.catalogue.model import Entry
from crosswarp.cuda_api_coverage.catalogue.tables import read_entries, write_rows
from crosswarp.cuda_api_coverage.derive.cccl import HEADERS, HEADINGS, MISSING, TARGETS
from crosswarp.support.paths import cccl_dir

NVCC = [sys.executable, "-c", "import sys; from crosswarp.driver.nvcc import main; sys.exit(main())", "-c", "-std=c++17"]
FAMILIES = ("cub", "thrust", "libcudacxx")


def headers(family: str, folder: Path) -> list[str]:
    """Those that the family's records name and the wheel has."""
    named = {entry.header for entry in read_entries(RECORDS / f"{family}.tsv")}
    return sorted(header for header in named if (folder / header).is_file())


def compiled(lines: list[str], target: str, scratch: Path) -> subprocess.CompletedProcess[str]:
    """A source of these lines, with every error."""
    source = scratch / "all.cu"
    source.write_text("\n".join(lines) + "\n")
    words = [f"--targets={target},only", "-Xcompiler", "-ferror-limit=0", str(source), "-o", str(scratch / "all.o")]
    return subprocess.run([*NVCC, *words], check=False, stderr=subprocess.PIPE, text=True)


def missing(family: str, chosen: set[str], scratch: Path) -> list[str]:
    """Names of the family's records that these headers do not declare."""
    names = sorted({_outermost(entry) for entry in read_entries(RECORDS / f"{family}.tsv")})
    lines = [f"#include <{header}>" for header in sorted(chosen)]
    uses = [f"namespace probe_{i} {{ using ::{name}; }}" for i, name in enumerate(names)]
    errors = compiled([*lines, *uses], "cpu", scratch).stderr
    wrong = {int(line) - len(lines) - 1 for line in re.findall(r"^[^:\n]*all\.cu:(\d+):\d+: error:", errors, re.M)}
    return [name for i, name in enumerate(names) if i in wrong]


def _outermost(entry: Entry) -> str:
    """The name without what a class has."""
    parts = entry.name.split("::")
    return "::".join(parts[:2] if entry.family == "cub" else parts)


def taken(chosen: list[str], target: str, scratch: Path) -> set[str]:
    """The headers that compile for a target: those that errors lie in are left out until the rest compiles."""
    left = list(chosen)
    while left:
        done = compiled([*(f"#include <{header}>" for header in left), "__global__ void empty() {}"], target, scratch)
        if done.returncode == 0:
            break
        lines = {int(line) for line in re.findall(r"all\.cu:(\d+):", done.stderr)}
        if not lines:
            raise RuntimeError(done.stderr)
        left = [header for i, header in enumerate(left, 1) if i not in lines]
    return set(left)


def main() -> int:
    """Write the tables. Returns the exit status."""
    folder = cccl_dir()
    if folder is None:
        print("CCCL's wheel is not installed: pip install 'crosswarp[cccl]'", file=sys.stderr)
        return 1
    rows, lacking = [], []
    with tempfile.TemporaryDirectory() as scratch:
        for family in FAMILIES:
            chosen = headers(family, folder)
            good = {target: taken(chosen, target, Path(scratch)) for target in TARGETS}
            lacking += [(name,) for name in missing(family, good["cpu"], Path(scratch))]
            rows += [(header, " ".join(target for target in TARGETS if header in good[target])) for header in chosen]
    wheel = f"nvidia-cuda-cccl {version('nvidia-cuda-cccl')}"
    writer = "Written by scripts/cccl_headers.py."
    write_rows(HEADERS, f"Headers of {wheel}, and the targets that take them. {writer}", HEADINGS, rows)
    write_rows(MISSING, f"Names of the records that {wheel} does not declare for us. {writer}", ["name"], lacking)
    return 0


if __name__ == "__main__":
    sys.exit(main())
