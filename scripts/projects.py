r"""`make projects`: public CUDA projects, unmodified, built by their own build systems with our nvcc, and their own tests run.

    .venv/bin/python scripts/projects.py [--only PATTERN] [--targets cpu,emu:gfx1100,gfx942,sm_80] [--jobs N]
                                        [--sources DIR] [--keep]
    .venv/bin/python scripts/projects.py --table        # only write docs/projects.md from the stored results

Each project is one file, `tests/projects/<name>.toml`:

    title = "llm.c's kernels"                # its name in the table
    about = "..."                            # one sentence: what it is, which part of it is built
    scale = "llm.c"                          # its row in tests/projects/scale.toml, where SCALE publishes one
    targets = ["cpu", "gfx1100", "sm_80"]    # default: cpu, gfx1100, gfx942, sm_80. cpu and emu:gfx1100 run the tests,
                                             # the others are built and their images checked
    note = "..."                             # what a reader must know besides
    uses = ["wmma", "ldmatrix"]              # its matrix instructions, if any: docs/tensor-layout.md lists it too

    [source]                                 # either a repository and a whole commit ...
    github = "karpathy/llm.c"
    commit = "f1e2ace651495b74ae22d45d1723443fd00ecd3a"
    submodules = ["third_party/x"]           # brought by git
    folders = ["include"]                    # only these are checked out
    # pypi = "llama-cpp-python"              # ... or a source distribution
    # version = "0.3.36"

    [[other]]                                # sources it needs besides: the same keys, and their place in the tree
    path = "third_party/googletest"

    [build]                                  # its documented commands, run by bash in {source}
    commands = ["cmake -S . -B {build} -DCMAKE_CUDA_ARCHITECTURES=80", "cmake --build {build} -j {jobs}"]
    products = ["build/bin/*"]               # must exist; their device images are checked. Below build/ or source/
    objects = ["build/**/*.cu.o"]            # counted against units where a build stops half way: "12 of 20 files"
    units = ["source/src/**/*.cu"]
    needs = ["cmake"]                        # programs that must be on PATH
    packages = ["torch==2.9.1"]              # pip packages of an environment made for it: {python} is its interpreter
    minutes = 30

    [[test]]                                 # its own tests, as many commands as it takes
    name = "ctest"
    command = "ctest --test-dir {build}"
    passed = '(\d+) tests passed'           # counts from its own summary, one group each, summed; without them the
    failed = '(\d+) tests failed'           # command is one test,
    expect = "all results match"             # which passes with status 0 and, if given, this pattern in what it prints
    devices = ["cpu"]                        # default: every device
    minutes = 10

    [[missing]]                              # what does not exist here: the run finds who includes it and which names are used
    header = "cublas_v2.h"
    names = '\bcublas[A-Z]\w*'

Placeholders: {toolkit} {source} {build} {jobs} {python}. The environment has our toolkit's bin first on PATH, CUDACXX, and
CROSSWARP_TARGETS; nothing else, unless a command sets it. All targets are built at once; where that fails, one by one, so that one
target's failure hides nothing about the others. Results go to tests/projects/results/<name>.json; logs and, with --keep, builds to
build/projects/. With --sources, repositories are taken from that folder (`owner+name/repo`, `owner+name`, `owner/name`) instead of
GitHub, also those a build system clones by itself. Exit status 0 whatever the results are; 1 where a description is wrong.
"""

from __future__ import annotations

import argparse
import datetime
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from project_suite import building, images, sources, table
from project_suite.description import ROOT, DescriptionError, Project, load_all
from project_suite.outcome import Outcome, Result, merge, store, stored
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

OUT = ROOT / "build" / "projects"
COMMAND = [sys.executable, "-c", "import sys; from crosswarp.driver.cli import main; sys.exit(main())"]
TESTED = ("cpu", "emu:")


def main() -> int:
    """Exit status."""
    options = read_options()
    console = Console(highlight=False)
    try:
        projects = load_all(options.only)
    except DescriptionError as error:
        console.print(str(error), markup=False)
        return 1
    if not options.table:
        run_all(console, projects, options)
    for page, with_tables in table.PAGES:
        page.write_text(with_tables(page.read_text(), load_all()))
    return 0


def read_options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="Build public CUDA projects with our nvcc and run their tests.")
    parser.add_argument("--only", default="*", help="projects whose name matches this pattern")
    parser.add_argument("--targets", default="", help="comma-separated; default: what each description says")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="what builds get as their number of jobs")
    parser.add_argument("--sources", type=Path, help="folder with repositories, used instead of GitHub")
    parser.add_argument("--keep", action="store_true", help="keep what was built")
    parser.add_argument("--table", action="store_true", help="run nothing, write docs/projects.md from the stored results")
    return parser.parse_args()


def run_all(console: Console, projects: Sequence[Project], options: argparse.Namespace) -> None:
    """Run the projects one after the other, with a bar on a terminal; each result is stored as soon as it is known."""
    toolkit = Path(subprocess.run([*COMMAND, "toolkit"], capture_output=True, text=True, check=True).stdout.strip())
    known = sources.repositories(options.sources.resolve() if options.sources else None)
    columns = (TextColumn("{task.description:32}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task("projects", total=len(projects))
        for project in projects:
            progress.update(task, description=project.name)
            try:
                result = run_project(project, toolkit, known, options)
            except (sources.SourcesError, subprocess.CalledProcessError) as error:
                console.print(f"{project.name}: not tried: {error}", markup=False, soft_wrap=True)
            else:
                store(merge(stored(project.name), result))
                report(console, result)
            progress.advance(task)


def run_project(project: Project, toolkit: Path, known: Mapping[str, Path], options: argparse.Namespace) -> Result:
    """Build for all targets, test on the devices among them."""
    if absent := building.missing_tools(project.build):
        raise sources.SourcesError(f"needs {', '.join(absent)}")
    targets = tuple(options.targets.split(",")) if options.targets else project.targets
    place = building.Place(project, OUT / project.name, toolkit, options.jobs, targets, sources.git_environment(dict(known)))
    outcomes = build_for(place, targets, dict(known))
    if len(targets) > 1 and not all(outcome.built for outcome in outcomes):
        outcomes = [outcome for target in targets for outcome in build_for(place, (target,), dict(known))]
    result = Result(project.name, datetime.date.today().isoformat(), tuple(outcomes), building.evidence(place))
    if not options.keep:
        for folder in (place.source, place.build, place.root / "venv"):
            shutil.rmtree(folder, ignore_errors=True)
    return result


def build_for(place: building.Place, targets: tuple[str, ...], known: dict[str, Path]) -> list[Outcome]:
    """One build that holds images for these targets, and the tests on those of them that are devices here."""
    place = building.with_images(place, targets)
    for folder in (place.root / "build", place.root / "venv"):
        shutil.rmtree(folder, ignore_errors=True)
    sources.fetch(place.project, place.source, known)
    built = building.build_project(place)
    outcomes = []
    for target in targets:
        found = building.products(place, place.project.build.products) if built[0] else []
        outcome = building.outcome(place, target, built, images.check(found, building.architecture(target)) if found else (0, ""))
        outcomes.append(building.tested(place, outcome) if outcome.built and target.startswith(TESTED) else outcome)
    return outcomes


def report(console: Console, result: Result) -> None:
    """A line for each target."""
    for outcome in result.outcomes:
        said = outcome.error or "; ".join(f"{test.name}: {test.said}" for test in outcome.tests if test.failed)
        line = f"{result.name:24} {outcome.target:12} {table.cell(outcome)} ({outcome.seconds:.0f} s) {said}"
        console.print(line, markup=False, soft_wrap=True)


if __name__ == "__main__":
    sys.exit(main())
