"""`make projects` without building anything: every description and stored result is well-formed, and the page follows from them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from project_suite import building, outcome, sources, table  # noqa: E402
from project_suite.description import DATA, DescriptionError, Project, load, load_all, published  # noqa: E402

MINIMAL = """
title = "T"
about = "A."
[source]
github = "a/b"
commit = "0123456789012345678901234567890123456789"
[build]
commands = ["make CC={toolkit}/bin/nvcc"]
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return load(written(tmp_path, MINIMAL))


def written(folder: Path, text: str) -> Path:
    path = folder / "t.toml"
    path.write_text(text)
    return path


def place(project: Project, root: Path) -> building.Place:
    (root / "source").mkdir()
    return building.Place(project, root, Path("/toolkit"), 2, ("cpu",), {})


def test_descriptions_are_well_formed():
    assert load_all()


def test_results_belong_to_a_description_and_can_be_read():
    names = {project.name for project in load_all()}
    for path in (DATA / "results").glob("*.json"):
        assert outcome.read(path).name == path.stem
        assert path.stem in names


def test_page_follows_from_descriptions_and_results():
    """After a change here: scripts/projects.py --table."""
    for page, with_tables in table.PAGES:
        text = page.read_text()
        assert with_tables(text, load_all()) == text


def test_scales_table_has_every_result():
    assert {arch for results in published().results.values() for arch in results} == {
        "gfx90a", "gfx900", "gfx1201", "gfx1100", "gfx1030", "sm_120"}
    assert {said for results in published().results.values() for said in results.values()} == {"pass", "fail", "skipped"}


@pytest.mark.parametrize("change", [
    ("commit = \"0123456789012345678901234567890123456789\"", "commit = \"0123456\""),
    ("{toolkit}", "{tolkit}"),
    ("title", "titel"),
    ("[build]", "[[test]]\nname = \"x\"\ncommand = \"x\"\npassed = '\\d+ passed'\n[build]"),
    ("title = \"T\"", "title = \"T\"\nscale = \"no such project\""),
])
def test_wrong_descriptions_are_refused(tmp_path: Path, change: tuple[str, str]):
    assert change[0] in MINIMAL
    with pytest.raises(DescriptionError):
        load(written(tmp_path, MINIMAL.replace(*change)))


def test_placeholders_and_shell_variables(project: Project, tmp_path: Path):
    assert place(project, tmp_path).filled("{toolkit}/bin/nvcc ${source} -j{jobs}") == "/toolkit/bin/nvcc ${source} -j2"


def test_counts_come_from_the_projects_own_summary(tmp_path: Path):
    text = MINIMAL + "[[test]]\nname = \"n\"\ncommand = \"echo 3 passed; echo 4 passed, 1 failed; exit 1\"\n"
    text += "passed = '(\\d+) passed'\nfailed = '(\\d+) failed'\n"
    project = load(written(tmp_path, text))
    found = building.run_test(place(project, tmp_path), project.tests[0], "cpu")
    assert (found.passed, found.failed, found.said) == (7, 1, "status 1: 4 passed, 1 failed")


@pytest.mark.parametrize(("command", "passed"), [("echo all match", 1), ("echo none", 0), ("echo all match; exit 3", 0)])
def test_a_command_without_counts_is_one_test(tmp_path: Path, command: str, passed: int):
    project = load(written(tmp_path, MINIMAL + f"[[test]]\nname = \"n\"\ncommand = \"{command}\"\nexpect = \"all match\"\n"))
    found = building.run_test(place(project, tmp_path), project.tests[0], "cpu")
    assert (found.passed, found.failed) == (passed, 1 - passed)


def test_a_command_ends_when_its_time_is_over(project: Project, tmp_path: Path):
    status, text = building.run(place(project, tmp_path), "sleep 60", 1)
    assert status == 124 and "not done in the time given" in text


def test_evidence_names_place_and_names(tmp_path: Path):
    project = load(written(tmp_path, MINIMAL + "[[missing]]\nheader = \"cublas_v2.h\"\nnames = '\\bcublas[A-Z]\\w*'\n"))
    here = place(project, tmp_path)
    (here.source / "a.cu").write_text("// one\n#include <cublas_v2.h>\ncublasHandle_t h; cublasCreate(&h);\n")
    (here.source / "b.h").write_text('#include "cublas_v2.h"\n')
    assert building.evidence(here) == (outcome.Evidence("cublas_v2.h", "a.cu:2", 2, ("cublasCreate", "cublasHandle_t")),)


def test_old_results_of_other_targets_are_kept():
    old = outcome.Result("t", "2026-01-01", (outcome.Outcome("cpu", True), outcome.Outcome("sm_80", False, error="x")))
    new = outcome.Result("t", "2026-01-02", (outcome.Outcome("sm_80", True),))
    assert [(one.target, one.built) for one in outcome.merge(old, new).outcomes] == [("cpu", True), ("sm_80", True)]


def test_repositories_are_found_by_owner_and_name(tmp_path: Path):
    for folder in ("a+b/repo/.git", "c+d/.git", "e/f/.git", "g+h"):
        (tmp_path / folder).mkdir(parents=True)
    found = sources.repositories(tmp_path)
    assert {name: path.relative_to(tmp_path).as_posix() for name, path in found.items()} == {
        "a/b": "a+b/repo", "c/d": "c+d", "e/f": "e/f"}
