"""Build time of a project with Crosswarp's nvcc side by side with NVIDIA's, where that is on PATH.

    python benchmarks/build_time.py [--files 24] [--jobs 2] [--runs 1] [--markdown table.md]

The project is made from `benchmarks/project/`: some files of kernels, templates and host code that share two headers, and a main
program; it is built by `make -jN`, for one architecture (sm_80) and for three. The builds:

    first        all files; Crosswarp has never been run (its cache folder is empty)
    clean        all files; Crosswarp's headers are precompiled, as after any other build with these flags, no result is kept
    again        all files after `make clean`: Crosswarp answers from its cache
    one file     one source has changed
    one header   the header that all sources include has changed

The two compilers take turns, and the best of the runs counts. Wall and CPU seconds are the kernel's own accounting for make and all
that it started, memory is that of the largest process.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from compile_time import NVIDIA_ONLY, ONE, THREE, Cost, compilers, measure, row, show

PROJECT = Path(__file__).resolve().parent / "project"
OURS, THEIRS = "ours", "theirs"
BUILDS = ("first", "clean", "again", "one file", "one header")


def make_project(folder: Path, files: int) -> None:
    """Write the project's sources."""
    folder.mkdir(parents=True)
    for name in ("Makefile", "tensor.h", "reduce.cuh"):
        shutil.copy(PROJECT / name, folder)
    text = (PROJECT / "operation.cu.in").read_text()
    names = [f"operation{number}" for number in range(files)]
    for number, name in enumerate(names):
        (folder / f"{name}.cu").write_text(text.replace("NAME", name).replace("NUMBER", str(number)))
    declarations = "".join(f"double {name}(int);\n" for name in names)
    calls = "".join(f"  sum += {name}(1 << 16);\n" for name in names)
    (folder / "main.cu").write_text(f"#include \"tensor.h\"\n{declarations}int main() {{\n  double sum = 0;\n{calls}"
                                    "  printf(\"%g\\n\", sum);\n}\n")


class Builder:
    """One compiler's copy of the project."""

    def __init__(self, folder: Path, nvcc: str, words: tuple[str, ...], jobs: int, files: int) -> None:
        make_project(folder, files)
        self.folder = folder
        self.command = ["make", f"-j{jobs}", "-s", "-C", str(folder), f"NVCC={nvcc}", f"ARCH={' '.join(words)}"]
        self.cache = folder.with_name(f"{folder.name}-cache")
        self.edits = 0

    def make(self, *targets: str, cache: bool = True) -> Cost:
        """Run make. Raises `SystemExit` if it fails."""
        settings = {"CROSSWARP_CACHE_DIR": str(self.cache), "CROSSWARP_CACHE": "on" if cache else "off"}
        return measure([*self.command, *targets], environment=settings)

    def clean(self) -> None:
        """Remove what was built."""
        self.make("clean")

    def edit(self, name: str) -> None:
        """Change a file so that its compilation gives something else."""
        self.edits += 1
        with (self.folder / name).open("a") as file:
            file.write(f"static const int edit{self.edits} = {self.edits};\n")

    def forget(self) -> None:
        """Empty Crosswarp's cache."""
        shutil.rmtree(self.cache, ignore_errors=True)

    def builds(self) -> Iterator[tuple[str, Cost]]:
        """All builds in order."""
        self.clean()
        self.forget()
        yield "first", self.make()
        self.clean()
        yield "clean", self.make(cache=False)
        self.clean()
        self.make()
        self.clean()
        yield "again", self.make()
        self.edit("operation0.cu")
        yield "one file", self.make()
        self.edit("tensor.h")
        yield "one header", self.make()


def their_builds(builder: Builder) -> Iterator[tuple[str, Cost]]:
    """The builds of a compiler that keeps nothing: the first three are the same."""
    builder.clean()
    cost = builder.make()
    yield from ((name, cost) for name in BUILDS[:3])
    builder.edit("operation0.cu")
    yield "one file", builder.make()
    builder.edit("tensor.h")
    yield "one header", builder.make()


def best(builders: dict[str, Builder], runs: int) -> dict[str, dict[str, Cost]]:
    """The best cost of each build by compiler, the compilers taking turns."""
    found: dict[str, dict[str, Cost]] = {side: {} for side in builders}
    for _ in range(runs):
        for side, builder in builders.items():
            for name, cost in builder.builds() if side == OURS else their_builds(builder):
                found[side][name] = cost.best(found[side].get(name))
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=24)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--markdown", type=Path, help="also write the table to this file")
    options = parser.parse_args()
    own, other = compilers()
    rows = []
    for words, title in ((ONE, "one architecture"), (THREE, "three architectures")):
        with tempfile.TemporaryDirectory() as folder:
            builders = {OURS: Builder(Path(folder, OURS), str(own), (*words, *NVIDIA_ONLY), options.jobs, options.files)}
            if other is not None:
                builders[THEIRS] = Builder(Path(folder, THEIRS), other, words, options.jobs, options.files)
            found = best(builders, options.runs)
        for name in BUILDS:
            rows.append(row(name, title, found[OURS][name], found.get(THEIRS, {}).get(name)))
            print(" ".join(rows[-1]), file=sys.stderr)
    show(rows, other, f"{options.files} files, make -j{options.jobs}", options.markdown)


if __name__ == "__main__":
    main()
