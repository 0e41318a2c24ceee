"""The tables that `crosswarp` prints."""

from __future__ import annotations

from crosswarp.driver.doctor import BROKEN, GOOD, MISSING, Finding
from crosswarp.driver.inspection import ImageReport
from crosswarp.frontend.facts import SourceFacts
from rich.console import Console
from rich.markup import escape
from rich.table import Table

_STYLES = {GOOD: "green", MISSING: "yellow", BROKEN: "bold red"}
_MOST_KERNELS = 6


def console() -> Console:
    """Standard output; without a terminal it is as wide as tables need."""
    found = Console(highlight=False)
    return found if found.is_terminal else Console(width=160, highlight=False)


def show(table: Table) -> None:
    """Print a table."""
    console().print(table)


def image_table(title: str, images: list[ImageReport]) -> Table:
    """What is inside one file."""
    table = Table(title=title, title_justify="left", title_style="bold")
    table.add_column("architecture", style="cyan", no_wrap=True)
    table.add_column("image")
    table.add_column("bytes", justify="right")
    table.add_column("kernels")
    for image in images:
        names = list(image.kernels[:_MOST_KERNELS])
        if len(image.kernels) > _MOST_KERNELS:
            names.append(f"and {len(image.kernels) - _MOST_KERNELS} more")
        table.add_row(image.arch, image.kind + (" (compressed)" if image.compressed else ""), f"{image.size:,}", ", ".join(names))
    return table


def finding_table(findings: list[Finding]) -> Table:
    """What the doctor found."""
    table = Table(title="crosswarp doctor", title_justify="left", title_style="bold")
    table.add_column("what", no_wrap=True)
    table.add_column("state")
    table.add_column("detail", overflow="fold")
    for finding in findings:
        table.add_row(finding.subject, f"[{_STYLES[finding.state]}]{finding.state}[/]", finding.detail)
    return table


def facts_table(title: str, facts: SourceFacts) -> Table:
    """Kernels, launches and vendor macros of one source, in the order of their places."""
    table = Table(title=title, title_justify="left", title_style="bold")
    for heading in ("what", "name", "details", "where"):
        table.add_column(heading)
    for kernel in facts.kernels:
        table.add_row("kernel", kernel.name, escape(", ".join(kernel.parameters)), str(kernel.location))
    for launch in facts.launches:
        table.add_row("launch", launch.kernel, escape(launch.configuration), str(launch.location))
    for test in facts.macro_tests:
        table.add_row("vendor macro", test.macro, "", str(test.location))
    return table
