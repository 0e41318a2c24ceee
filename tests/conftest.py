"""What all tests share: the compiler as a user calls it, a cache of their own, markers, and the list of known failures.

`tests/known_failures.toml` is the one place where a test may be said to fail. Each entry becomes a strict expected failure:
a test that passes although it is listed fails the run, and so does an entry that names no test.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "samples"
KNOWN_FAILURES = Path(__file__).with_name("known_failures.toml")
FIELDS = {"test", "target", "reason"}
pytest_plugins = ["tests.evidence_plugin"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--bless` rewrites golden files; the difference is then read in version control."""
    parser.addoption("--bless", action="store_true", help="rewrite golden files with what was produced")


def pytest_configure(config: pytest.Config) -> None:
    """Markers. What needs a tool that is not installed is skipped, never passed."""
    config.addinivalue_line("markers", "slow: takes more than a few seconds; run by `make slow`, left out otherwise")
    config.addinivalue_line("markers", "soak: takes minutes; run by `make soak`, left out otherwise")
    config.addinivalue_line("markers", "needs_ptxas: needs NVIDIA's ptxas on PATH")
    config.addinivalue_line("markers", "needs_nvcc: needs NVIDIA's nvcc on PATH")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Apply markers and known failures; leave slow tests out unless they are asked for by `-m` or by name."""
    _expect_known_failures(config, items)
    for item in items:
        for tool in ("ptxas", "nvcc"):
            if item.get_closest_marker(f"needs_{tool}") and shutil.which(tool) is None:
                item.add_marker(pytest.mark.skip(reason=f"{tool} is not installed"))
    if config.option.markexpr or any("::" in argument for argument in config.args):
        return
    slow = [item for item in items if item.get_closest_marker("slow") or item.get_closest_marker("soak")]
    if slow:
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if item not in set(slow)]


def _expect_known_failures(config: pytest.Config, items: list[pytest.Item]) -> None:
    by_id = {item.nodeid: item for item in items}
    files = {item.nodeid.partition("::")[0] for item in items}
    narrowed = any("::" in argument for argument in config.args)
    for entry in tomllib.loads(KNOWN_FAILURES.read_text()).get("failure", []):
        if set(entry) != FIELDS or not all(entry.values()):
            raise pytest.UsageError(f"{KNOWN_FAILURES.name}: an entry needs exactly {sorted(FIELDS)}, all filled: {entry}")
        item = by_id.get(entry["test"])
        if item is not None:
            item.add_marker(pytest.mark.xfail(strict=True, reason=f"{entry['target']}: {entry['reason']}"))
        elif entry["test"].partition("::")[0] in files and not narrowed:
            raise pytest.UsageError(f"{KNOWN_FAILURES.name}: no test is called {entry['test']}")


@pytest.fixture(scope="session", autouse=True)
def session_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A compile cache of this run's own, shared by its workers. zig's cache, minutes to fill, stays where users have it."""
    from crosswarp.support.paths import cache_dir

    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "crosswarp-cache"
    folder.mkdir(exist_ok=True)
    zig = str(cache_dir() / "zig")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ZIG_GLOBAL_CACHE_DIR", os.environ.get("ZIG_GLOBAL_CACHE_DIR", zig))
        patch.setenv("ZIG_LOCAL_CACHE_DIR", os.environ.get("ZIG_LOCAL_CACHE_DIR", zig))
        patch.setenv("CROSSWARP_CACHE_DIR", str(folder))
        patch.delenv("CROSSWARP_DEVICE", raising=False)
        cache_dir.cache_clear()
        yield folder
        cache_dir.cache_clear()


@dataclass(frozen=True)
class Command:
    """A program with its leading words. Calling it runs it to its end, with both outputs as text."""

    words: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, *arguments: str | Path, check: bool = True, cwd: Path | None = None,
                 env: Mapping[str, str] | None = None, timeout: float = 300) -> subprocess.CompletedProcess[str]:
        """Run with more arguments. With `check`, a status other than 0 fails the test and shows what was printed."""
        line = [*self.words, *map(str, arguments)]
        done = subprocess.run(line, cwd=cwd, env={**os.environ, **self.environment, **(env or {})}, capture_output=True, text=True,
                              errors="replace", timeout=timeout, check=False)
        if check and done.returncode:
            pytest.fail(f"status {done.returncode}: {' '.join(line)}\n{done.stdout}{done.stderr}", pytrace=False)
        return done


@pytest.fixture(scope="session")
def crosswarp() -> Command:
    """The `crosswarp` command, in this Python."""
    return Command((sys.executable, "-c", "import sys; from crosswarp.driver.cli import main; sys.exit(main())"))


@pytest.fixture(scope="session")
def toolkit(crosswarp: Command) -> Path:
    """The CUDA-toolkit-shaped folder that `crosswarp toolkit` names."""
    return Path(crosswarp("toolkit").stdout.strip())


@pytest.fixture(scope="session")
def crosswarp_nvcc(toolkit: Path) -> Command:
    """Our nvcc, as a build system calls it."""
    return Command((str(toolkit / "bin" / "nvcc"),))


@pytest.fixture(scope="session")
def on_cpu() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs a built program on the CPU device."""
    environment = {"CROSSWARP_DEVICE": "cpu"}
    return lambda program, *arguments, **options: Command((str(program),), environment)(*arguments, **options)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """`golden(path, text)`: the text must equal the file; with `--bless` the file is written instead."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--bless"):
            path.write_text(text)
        assert path.exists(), f"{path} is missing: run with --bless and read what it writes"
        assert text == path.read_text()

    return compare
