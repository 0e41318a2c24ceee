"""The arrows between the packages, as docs/contracts.md draws them: a package imports itself and what stands here."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "crosswarp"
ALLOWED = {
    "driver": {"frontend", "ir", "targets", "runtime_shim", "cuda_api_coverage", "support"},
    "frontend": {"ir", "support"},
    "targets": {"ir", "support"},
    "ir": {"support"},
    "runtime_shim": {"support"},
    "cuda_api_coverage": {"ir", "support"},
    "support": set(),
}
TARGETS = ("amdgpu", "nvptx", "cpu")
# Run by the wheel's build hook before the package exists: the standard library and `ziglang` only.
STANDALONE = ("targets/build.py", "runtime_shim/build.py", "hatch_build.py")


def imported_packages(source: str) -> Iterator[tuple[int, str]]:
    """Line and top-level folder of each import of this project, also inside functions."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level:
            yield node.lineno, "a relative import"
            continue
        elif isinstance(node, ast.ImportFrom) and node.module == PACKAGE:
            modules = [f"{PACKAGE}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            modules = [node.module or ""]
        else:
            continue
        for module in modules:
            root, _, rest = module.partition(".")
            if root == PACKAGE and rest:
                yield node.lineno, rest.partition(".")[0]


def violations(folder: str) -> list[str]:
    """Every forbidden arrow out of a package, as `file:line: imports package`."""
    allowed = ALLOWED[folder] | {folder}
    return [
        f"{path.relative_to(ROOT)}:{line}: imports {package}"
        for path in sorted((ROOT / folder).rglob("*.py"))
        for line, package in imported_packages(path.read_text())
        if package not in allowed
    ]


@pytest.mark.parametrize("folder", ALLOWED)
def test_package_imports_only_what_lies_below_it(folder: str) -> None:
    assert violations(folder) == []


@pytest.mark.parametrize(
    ("source", "package"),
    [
        ("import crosswarp.driver.cli", "driver"),
        ("from crosswarp.driver.cli import main", "driver"),
        ("from crosswarp import driver", "driver"),
        ("def late():\n    from crosswarp.driver import cli", "driver"),
        ("from ..driver import cli", "a relative import"),
    ],
)
def test_every_spelling_of_an_import_is_seen(source: str, package: str) -> None:
    assert [found for _, found in imported_packages(source)] == [package]


@pytest.mark.parametrize("target", TARGETS)
def test_targets_do_not_know_each_other(target: str) -> None:
    others = tuple(f"{PACKAGE}.targets.{name}" for name in TARGETS if name != target)
    texts = {path.name: path.read_text() for path in (ROOT / "targets" / target).rglob("*.py")}
    assert [name for name, text in texts.items() if any(other in text for other in others)] == []


@pytest.mark.parametrize("script", STANDALONE)
def test_build_scripts_need_no_package(script: str) -> None:
    assert list(imported_packages((ROOT / script).read_text())) == []
