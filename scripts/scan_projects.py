"""`make scan-projects`: `crosswarp coverage` on public projects, beside what reading them and clang's lexer find.

    .venv/bin/python scripts/scan_projects.py [--only PATTERN] [--sources DIR] [--source NAME=PATH] [--update] [-v]

Each project is one file, `tests/cuda_api_coverage/projects/<name>.toml`. It names the sources (a source distribution of PyPI, or a
repository of GitHub and a commit) and, for some files of it, every use of CUDA with its line, found by reading. Two comparisons:

- those files: uses that the scan finds, misses, or reports though they are none;
- the whole project: how often each file writes names that can only be CUDA's, by clang's lexer, and how often the scan says so.

With --sources, repositories are taken from that folder (`owner+name/repo`, `owner+name`, `owner/name`) instead of GitHub; with
--source, one project from a folder that has it already. --update writes the table in docs/coverage.md. Exit status 1 where anything
is missed or false, 2 where a project's sources cannot be had.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from project_suite import sources
from project_suite.description import ROOT, Source
from rich.console import Console
from scan_check import table
from scan_check.expectations import load_all
from scan_check.measuring import Measured, measure

OUT = ROOT / "build" / "scan-projects"
PAGE = ROOT / "docs" / "coverage.md"


def main(words: Sequence[str]) -> int:
    """Exit status."""
    options = read_options(words)
    console = Console(highlight=False, soft_wrap=True)
    given = dict(pair.split("=", 1) for pair in options.source)
    known = sources.repositories(options.sources.resolve() if options.sources else None)
    results, absent = list[Measured](), 0
    for project in load_all(options.only):
        if project.source is None:
            continue
        try:
            folder = Path(given[project.name]) if project.name in given else fetched(project.name, project.source, known)
        except (subprocess.CalledProcessError, OSError, sources.SourcesError) as error:
            console.print(f"{project.name}: not scanned: {error}", markup=False)
            absent += 1
            continue
        results.append(measure(project, folder.resolve()))
        show(console, results[-1], options.verbose)
    if options.update:
        PAGE.write_text(table.page(PAGE.read_text(), results))
    return 2 if absent else int(any(result.differs for result in results))


def read_options(words: Sequence[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="Scan public CUDA projects and compare with what is known of them.")
    parser.add_argument("--only", default="*", help="projects whose name matches this pattern")
    parser.add_argument("--sources", type=Path, help="folder with repositories, used instead of GitHub")
    parser.add_argument("--source", action="append", default=[], metavar="NAME=PATH", help="a project's unpacked sources")
    parser.add_argument("--update", action="store_true", help="write the table in docs/coverage.md")
    parser.add_argument("-v", "--verbose", action="store_true", help="every place that is missed or false")
    return parser.parse_args(words)


def fetched(name: str, source: Source, known: Mapping[str, Path]) -> Path:
    """Where the sources lie, fetched unless they are there already."""
    if source.pypi:
        return sources.unpack_sdist(source.pypi, source.version, OUT / "downloads")
    folder = OUT / name
    if not folder.is_dir():
        partial = folder.with_suffix(".partial")
        sources.place(replace(source), partial, dict(known), OUT / "downloads")
        partial.rename(folder)
    return folder


def show(console: Console, result: Measured, verbose: bool) -> None:
    """A line for a project, and what differs."""
    console.print(table.line(result), markup=False)
    for path, difference in result.differences if verbose else ():
        console.print(f"    {path}: {difference}", markup=False)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
