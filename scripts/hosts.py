#!/usr/bin/env python3
"""Tries host compilers and C++ standards: `python scripts/hosts.py [COMPILER ...]`, every g++ and clang++ of PATH without names.

A program that uses nearly all of the standard library on the host, and its constexpr functions on the device, is compiled by nvcc
with `-ccbin COMPILER`, linked with an object of the compiler's own, run on the CPU device, and must print what the compiler's own
program prints. `--update FILE` writes the table into a document, between its `<!-- hosts -->` lines.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

INPUTS = Path(__file__).resolve().parent.parent / "tests" / "host" / "inputs"
PROGRAM, OTHER = INPUTS / "standard_library.cu", INPUTS / "other_side.cpp"
STANDARDS = ("c++14", "c++17", "c++20", "c++23")
NVCC = (sys.executable, "-m", "crosswarp.driver.nvcc")
MARKS = re.compile(r"(<!-- hosts -->\n).*?(<!-- end of hosts -->)", re.S)


@dataclass(frozen=True)
class Host:
    """A host compiler and the words that choose its library."""

    command: str
    words: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The compiler with its version and library, as the table shows it."""
        version = self._run("-dumpfullversion", "-dumpversion").stdout.split()[0]
        return f"{Path(self.command).name.split('-')[0]} {version}" + (", libc++" if self.words else "")

    def _run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([self.command, *self.words, *words], capture_output=True, text=True)

    def compiles(self, standard: str, source: str = "int x;") -> bool:
        """Whether the compiler knows the standard and its library is complete."""
        command = [self.command, *self.words, f"-std={standard}", "-fsyntax-only", "-x", "c++", "-"]
        return subprocess.run(command, input=source, capture_output=True, text=True).returncode == 0


def find_hosts(named: Sequence[str]) -> Iterator[Host]:
    """The compilers named, else those of PATH; clang also with libc++ where it is installed."""
    for command in named or _on_path():
        host = Host(command)
        if not host.compiles("c++14", "#include <vector>\nint main() {}"):
            continue
        yield host
        other = Host(command, ("-stdlib=libc++",))
        if "clang" in Path(command).name and other.compiles("c++14", "#include <vector>\nint main() {}"):
            yield other


def _on_path() -> list[str]:
    names = {path.name: str(path) for folder in reversed(os.environ["PATH"].split(os.pathsep)) if Path(folder).is_dir()
             for path in Path(folder).iterdir() if re.fullmatch(r"(g|clang)\+\+(-\d+)?", path.name)}
    return [names[name] for name in sorted(names, key=lambda name: (name[0], -len(name), name), reverse=True)]


def attempt(host: Host, standard: str, folder: Path) -> str:
    """`ok`, `-` where the compiler itself cannot compile the program, else what went wrong."""
    front = [host.command, *host.words, f"-std={standard}", "-pthread"]
    own = _output([*front, "-x", "c++", str(PROGRAM), str(OTHER)], folder / "own")
    if own is None:
        return "-"
    words = [word for flag in (*host.words, "-pthread") for word in ("-Xcompiler", flag)]
    ours = _output([*NVCC, "-ccbin", host.command, f"-std={standard}", "--expt-relaxed-constexpr", "--targets=cpu,only", *words,
                    str(PROGRAM), str(OTHER)], folder / "ours", show=True)
    return "not compiled" if ours is None else "ok" if ours == own else f"differs: {ours!r}"


def _output(command: list[str], program: Path, show: bool = False) -> str | None:
    """What a program prints; None where it is not compiled."""
    done = subprocess.run([*command, "-o", str(program)], capture_output=True, text=True)
    if done.returncode:
        if show:
            print(done.stderr[:2000], file=sys.stderr)
        return None
    ran = subprocess.run([str(program)], capture_output=True, text=True, env={**os.environ, "CROSSWARP_DEVICE": "cpu"})
    return ran.stdout if ran.returncode == 0 else f"exit code {ran.returncode}: {ran.stderr[-200:]}"


def main() -> int:
    """Print the table. Returns 1 if anything failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("compilers", nargs="*")
    parser.add_argument("--update", type=Path)
    given = parser.parse_args()
    lines = ["| host compiler | " + " | ".join(STANDARDS) + " |", "|---" * (len(STANDARDS) + 1) + "|"]
    with tempfile.TemporaryDirectory() as folder:
        for host in find_hosts(given.compilers):
            results = [attempt(host, standard, Path(folder)) for standard in STANDARDS]
            lines.append(f"| {host.name} | " + " | ".join(results) + " |")
            print(lines[-1], flush=True)
    if given.update:
        table = "\n".join(lines)
        given.update.write_text(MARKS.sub(lambda marks: f"{marks[1]}{table}\n{marks[2]}", given.update.read_text()))
    return any(text not in ("ok", "-") for line in lines[2:] for text in line.strip("| ").split(" | ")[1:])


if __name__ == "__main__":
    sys.exit(main())
