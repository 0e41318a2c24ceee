"""Builds a project by its own commands and runs its own tests, with our toolkit in the place of NVIDIA's."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import venv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from project_suite.description import ROOT, Build, Project, Test
from project_suite.messages import first_error, without_folders
from project_suite.outcome import Evidence, Outcome, TestOutcome


@dataclass(frozen=True)
class Place:
    """Folders of one build of one project. `images`: what `CROSSWARP_TARGETS` says. `variables`: more environment."""

    project: Project
    root: Path
    toolkit: Path
    jobs: int
    images: tuple[str, ...]
    variables: Mapping[str, str]

    @property
    def source(self) -> Path:
        """Where the commands run."""
        return self.root / "source"

    @property
    def build(self) -> Path:
        """For build systems that build outside the sources."""
        return self.root / "build"

    @property
    def log(self) -> Path:
        """All that the commands print."""
        return self.root / "log.txt"

    @property
    def python(self) -> Path:
        """The interpreter of the project's own environment, where it asks for packages; else this one."""
        return self.root / "venv" / "bin" / "python" if self.project.build.packages else Path(sys.executable)

    def filled(self, command: str) -> str:
        """A command with its placeholders filled."""
        values = {"toolkit": self.toolkit, "source": self.source, "build": self.build, "jobs": self.jobs, "python": self.python}
        return re.sub(r"(?<!\$)\{(\w+)\}", lambda match: str(values[match[1]]), command)

    def environment(self, device: str = "cpu") -> dict[str, str]:
        """What `crosswarp env` would say of the compiler, the images wanted and the device to run on."""
        path = f"{self.toolkit / 'bin'}{os.pathsep}{os.environ['PATH']}"
        chosen = {"CUDACXX": str(self.toolkit / "bin" / "nvcc"), "PATH": path, "CROSSWARP_DEVICE": device,
                  "CROSSWARP_TARGETS": ",".join((*self.images, "only"))}
        if device != "cpu":
            chosen["LD_LIBRARY_PATH"] = str(self.toolkit / "lib64")
        return {**os.environ, **chosen, **self.variables}


def with_images(place: Place, targets: Sequence[str]) -> Place:
    """The same place, to be built for these targets."""
    return replace(place, images=tuple(dict.fromkeys(architecture(target) for target in targets)))


def architecture(target: str) -> str:
    """The images a target needs: `emu:gfx1100` is the device `gfx1100`."""
    return target.removeprefix("emu:")


def missing_tools(build: Build) -> list[str]:
    """Programs the description asks for that are not here."""
    return [tool for tool in build.needs if shutil.which(tool) is None]


def build_project(place: Place) -> tuple[bool, str, float]:
    """Run the build's commands: whether they and the products are right, the first error, seconds."""
    begun = time.monotonic()
    place.build.mkdir(exist_ok=True)
    place.log.write_text("")
    if place.project.build.packages:
        venv.create(place.root / "venv", with_pip=True)
        words = [str(place.python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *place.project.build.packages]
        subprocess.run(words, check=True)
        subprocess.run([str(place.python), str(ROOT / "scripts" / "see_packages.py"), sys.executable], check=True)
    deadline = begun + 60 * place.project.build.minutes
    for command in place.project.build.commands:
        status, text = run(place, command, deadline - time.monotonic())
        if status:
            return False, first_error(text), time.monotonic() - begun
    absent = [pattern for pattern in place.project.build.products if not products(place, (pattern,))]
    return not absent, f"no file {', '.join(absent)}" if absent else "", time.monotonic() - begun


def products(place: Place, patterns: Sequence[str]) -> list[Path]:
    """Files that match patterns below the project's folders: `build/...`, `source/...`."""
    return sorted({path for pattern in patterns for path in place.root.glob(pattern) if path.is_file()})


def run(place: Place, command: str, seconds: float, device: str = "cpu") -> tuple[int, str]:
    """One command under a shell that stops at the first error: its status (124: time is over) and all that it printed."""
    words = ["bash", "-e", "-o", "pipefail", "-c", place.filled(command)]
    with subprocess.Popen(words, cwd=place.source, env=place.environment(device), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors="replace", start_new_session=True) as process:
        try:
            text, status = process.communicate(timeout=max(seconds, 1))[0], process.returncode
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            text, status = process.communicate()[0] + "\nerror: not done in the time given", 124
    with place.log.open("a") as log:
        log.write(f"$ {place.filled(command)}\n{text}\n[status {status}]\n")
    return status, text


def tested(place: Place, outcome: Outcome) -> Outcome:
    """The outcome with all tests run on its target; those that name other devices are left out."""
    chosen = [test for test in place.project.tests if not test.devices or outcome.target in test.devices]
    return replace(outcome, tests=tuple(run_test(place, test, outcome.target) for test in chosen))


def run_test(place: Place, test: Test, device: str) -> TestOutcome:
    """One test command. Without patterns for counts it counts as one test, which its status and `expect` decide."""
    begun = time.monotonic()
    status, text = run(place, test.command, 60 * test.minutes, device)
    seconds = round(time.monotonic() - begun, 1)
    passed = counted(test.passed, text)
    failed = counted(test.failed, text)
    right = status == 0 and (not test.expect or re.search(test.expect, text) is not None)
    if not test.passed and not test.failed:
        passed = int(right)
    if not right and not failed:
        failed = 1
    return TestOutcome(test.name, passed, failed, "" if right and not failed else why(text, status), seconds)


def counted(pattern: str, text: str) -> int:
    """The sum of the numbers that a pattern's group finds."""
    return sum(int(number) for number in re.findall(pattern, text, re.M)) if pattern else 0


def why(text: str, status: int) -> str:
    """One line that tells why a test failed."""
    lines = [line for line in text.splitlines() if re.search(r"error|fail|not supported|unsupported|time given", line, re.I)]
    return f"status {status}: {without_folders((lines or text.strip().splitlines() or ['no output'])[-1])}"


def evidence(place: Place) -> tuple[Evidence, ...]:
    """For each header the description calls missing: where the sources include it, and which of its names they use."""
    texts = {path: path.read_text(errors="replace") for path in sorted(place.source.rglob("*"))
             if path.suffix in {".cu", ".cuh", ".c", ".cc", ".cpp", ".h", ".hpp", ".inl"} and path.is_file()}
    found = []
    for missing in place.project.missing:
        line = re.compile(rf"^\s*#\s*include\s*[<\"]{re.escape(missing.header)}[>\"]", re.M)
        users = {path: match for path, text in texts.items() if (match := line.search(text))}
        names = {name for text in texts.values() for name in re.findall(missing.names, text)} if missing.names else set()
        first = next(iter(users), None)
        at = f"{first.relative_to(place.source)}:{texts[first].count(chr(10), 0, users[first].end()) + 1}" if first else ""
        found.append(Evidence(missing.header, at, len(users), tuple(sorted(names))))
    return tuple(found)


def outcome(place: Place, target: str, built: tuple[bool, str, float], images: tuple[int, str]) -> Outcome:
    """What is to be stored for one target, tests not yet run."""
    right, error, seconds = built
    found, bad = images
    made, units = len(products(place, place.project.build.objects)), len(products(place, place.project.build.units))
    return Outcome(target, right and not bad, found, made, units, error or bad, round(seconds, 1))
