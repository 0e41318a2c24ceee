"""`--evidence FOLDER`: what the programs and compilers of each test write about themselves, by test (docs/coverage.md).

Each test has a folder of its own there, which `CROSSWARP_EVIDENCE` names while it runs. So has each fixture that several tests
share, while it is made; its folder counts for every test that asks for it. At the end each worker writes `outcomes-<worker>.json`:
a test's name, whether it passed, and its folders.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

VARIABLE = "CROSSWARP_EVIDENCE"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Without the option, tests run as ever."""
    parser.addoption("--evidence", metavar="FOLDER", type=Path, help="keep what tests used, by test; scripts/evidence.py reads it")


def pytest_configure(config: pytest.Config) -> None:
    """One recorder in each process that runs tests."""
    config.addinivalue_line("markers", "survey: calls entries only to see what they answer, which proves nothing of what they do")
    folder = config.getoption("--evidence")
    if folder is not None and not config.getoption("numprocesses", None):
        config.pluginmanager.register(Recorder(folder.absolute()), "evidence-recorder")


class Recorder:
    """Gives each test and each shared fixture its folder, and remembers how tests ended."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        self.tests: list[dict[str, Any]] = []
        self.fixtures: dict[pytest.FixtureDef[Any], str] = {}
        self.made = 0
        device = os.environ.get("CROSSWARP_TEST_DEVICE")  # the same tests on another device than the CPU
        self.suffix = f"@{device}" if device else ""

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Around a test with its own fixtures."""
        with self._fresh_folder() as name:
            passed = item.get_closest_marker("survey") is None
            self.tests.append({"test": item.nodeid + self.suffix, "passed": passed, "folders": [name]})
            result = yield
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Iterator[object]:
        """Around the making of a fixture that outlives its first test."""
        if fixturedef.scope == "function":
            return (yield)
        with self._fresh_folder() as name:
            self.fixtures[fixturedef] = name
            return (yield)

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_call(self, item: pytest.Item) -> None:
        """All fixtures are made now: which ones the test has."""
        known = getattr(item, "_fixtureinfo", None)
        chosen = [definitions[-1] for definitions in known.name2fixturedefs.values()] if known is not None else []
        self.tests[-1]["folders"] += [self.fixtures[fixture] for fixture in chosen if fixture in self.fixtures]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Anything but a pass, an expected failure too, is none."""
        if report.outcome != "passed" or hasattr(report, "wasxfail"):
            self.tests[-1]["passed"] = False

    def pytest_deselected(self, items: list[pytest.Item]) -> None:
        """They are there, and did not run."""
        self.tests += [{"test": item.nodeid + self.suffix, "passed": False, "folders": []} for item in items]

    def pytest_sessionfinish(self) -> None:
        """Written once: a session that ends early has no outcomes."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / f"outcomes-{self.worker}.json").write_text(json.dumps(self.tests, indent=0))

    @contextmanager
    def _fresh_folder(self) -> Iterator[str]:
        name, before = f"{self.worker}-{self.made}", os.environ.get(VARIABLE)
        self.made += 1
        (self.folder / name).mkdir(parents=True)
        os.environ[VARIABLE] = str(self.folder / name)
        try:
            yield name
        finally:
            os.environ.pop(VARIABLE)
            if before is not None:
                os.environ[VARIABLE] = before


def note_built(program: Path, source: Path) -> None:
    """Tell what `source` another compiler than ours made `program` of."""
    folder = os.environ.get(VARIABLE)
    if folder:
        with Path(folder, f"{os.getpid()}.compiled").open("a") as file:
            file.write(f"built\t{program}\t{source}\n")
