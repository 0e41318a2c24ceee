"""docs/projects.md: the tables of results, derived from the descriptions and the stored results alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generated_block import with_block

from project_suite.description import ROOT, Project, Published, published
from project_suite.outcome import Evidence, Outcome, Result, stored

PAGE = ROOT / "docs" / "projects.md"
TARGETS = ("cpu", "emu:gfx1100", "emu:gfx942", "gfx1100", "gfx942", "sm_80")
TENSOR_PAGE = ROOT / "docs" / "tensor-layout.md"
TENSOR_BLOCK = "<!-- programs: written by scripts/projects.py -->", "<!-- end of programs -->"
BETWEEN = re.compile(r"(<!-- projects:[^\n]*-->\n)(.*?)(<!-- end of projects -->)", re.S)


def page(text: str, projects: Sequence[Project]) -> str:
    """The page with its tables as they follow from what is stored now."""
    return BETWEEN.sub(lambda match: match[1] + tables(projects) + match[3], text)


def tensor_page(text: str, projects: Sequence[Project]) -> str:
    """docs/tensor-layout.md with its table of programs that have matrix instructions."""
    return with_block(text, *TENSOR_BLOCK, tensor_table([project for project in projects if project.uses]))


PAGES = ((PAGE, page), (TENSOR_PAGE, tensor_page))


def tensor_table(projects: Sequence[Project]) -> str:
    """What each uses and its own tests on each device, with the seconds that its build and its tests took."""
    lines = ["| program | uses | build | cpu | emu:gfx1100 | emu:gfx942 | sm_80 |", "|---|---|---|---|---|---|---|"]
    for project in projects:
        result = stored(project.name)
        outcomes = [result.of(target) if result else None for target in ("cpu", "emu:gfx1100", "emu:gfx942", "sm_80")]
        build = f"{max(outcome.seconds for outcome in outcomes if outcome):.0f} s" if any(outcomes) else "–"
        cells = [f"{cell(outcome)}{_took(outcome)}" for outcome in outcomes]
        name = f"[{project.title}](projects.md#{anchor(project)})"
        lines.append(f"| {' | '.join([name, ', '.join(project.uses), build, *cells])} |")
    return "\n".join(lines) + "\n"


def _took(outcome: Outcome | None) -> str:
    return f", {sum(test.seconds for test in outcome.tests):.1f} s" if outcome and outcome.tests else ""


def tables(projects: Sequence[Project]) -> str:
    """Both tables and the paragraphs below them, as Markdown."""
    scale = published()
    results = [(project, stored(project.name)) for project in projects]
    lines = [totals([result for _, result in results]), "", f"| project | {' | '.join(TARGETS)} | SCALE {scale.version} |",
             f"|---|{'---|' * len(TARGETS)}---|"]
    lines += [row(project, result, scale) for project, result in results]
    lines += ["", "### What each is, and what is missing", *(paragraph(project, result) for project, result in results)]
    lines += ["", others(projects, scale)]
    return "\n".join(lines) + "\n"


def totals(results: Sequence[Result | None]) -> str:
    """One sentence for the head: how many build and pass on the CPU, how many link for the others."""
    known = [result for result in results if result]
    cpu = [outcome for result in known if (outcome := result.of("cpu"))]
    tested = [outcome for outcome in cpu if outcome.tests]
    right = sum(outcome.built and not outcome.failed for outcome in tested)
    linked = [f"{sum(bool(one and one.built) for one in (result.of(target) for result in known))} link for {target}"
              for target in ("gfx1100", "gfx942", "sm_80")]
    return (f"**{len(known)} projects tried. On the CPU {sum(outcome.built for outcome in cpu)} of {len(cpu)} build, and {right} "
            f"of the {len(tested)} whose tests ran pass them all; {', '.join(linked)}.**")


def row(project: Project, result: Result | None, scale: Published) -> str:
    """One project."""
    cells = [cell(result.of(target) if result else None) for target in TARGETS]
    return f"| [{project.title}](#{anchor(project)}) | {' | '.join(cells)} | {theirs(project.scale, scale)} |"


def cell(outcome: Outcome | None) -> str:
    """One project on one target: `builds, 12 of 13 tests`."""
    if outcome is None:
        return "–"
    counted = f"{outcome.made} of {outcome.units} files" if outcome.units else ""
    words = ["builds" if outcome.built else "**does not build**"] + ([counted] if counted and not outcome.built else [])
    if outcome.tests:
        total = outcome.passed + outcome.failed
        all_pass = f"{total} test{' passes' if total == 1 else 's pass'}"
        words.append(f"{outcome.passed} of {total} tests" if outcome.failed else all_pass)
    return ", ".join(words)


def theirs(name: str, scale: Published) -> str:
    """What SCALE publishes: the architectures that pass, or that none does."""
    if not name:
        return "not listed"
    results = scale.results[name]
    passed = [arch for arch, said in results.items() if said == "pass"]
    if not passed:
        return "fails" if set(results.values()) == {"fail"} else ", ".join(sorted(set(results.values())))
    return "passes on all" if len(passed) == len(results) else f"passes on {', '.join(passed)}"


def anchor(project: Project) -> str:
    """Where the page tells more about a project."""
    return f"project-{project.name}"


def paragraph(project: Project, result: Result | None) -> str:
    """What the project is, and everything that went wrong."""
    words = [f'- <a id="{anchor(project)}"></a>**{project.title}** ({project.source.title}): {project.about}', project.note]
    if result:
        words += [f"Missing: {evidence_text(one)}." for one in result.evidence if one.place]
        words += troubles(result)
    return " ".join(word for word in words if word)


def evidence_text(one: Evidence) -> str:
    """A header and how much of it is used."""
    listed = f"; {len(one.names)} of its names: {', '.join(f'`{name}`' for name in one.names)}" if one.names else ""
    return f"`{one.header}` (`{one.place}`, {one.files} file{'s' if one.files > 1 else ''}{listed})"


def troubles(result: Result) -> list[str]:
    """A sentence for each error, the targets that share it named once."""
    found: dict[str, list[str]] = {}
    for outcome in result.outcomes:
        if outcome.error:
            found.setdefault(f"does not build: `{quoted(outcome.error)}`", []).append(outcome.target)
        for test in outcome.tests:
            if test.failed:
                found.setdefault(f"test {test.name}: {test.failed} failed: `{quoted(test.said)}`", []).append(outcome.target)
    return [f"On {', '.join(targets)}: {what}." for what, targets in found.items()]


def quoted(text: str) -> str:
    """Text that may stand between backticks in a table."""
    return text.replace("`", "'").replace("|", "/")


def others(projects: Sequence[Project], scale: Published) -> str:
    """SCALE's list: what of it has no description here yet."""
    left = sorted(set(scale.results) - {project.scale for project in projects}, key=str.lower)
    return (f"SCALE's results are those of {scale.version} as published on {scale.date} ({scale.source}). "
            f"Of its {len(scale.results)} projects in tests/projects/scale.toml these have not been tried here: {', '.join(left)}.")
