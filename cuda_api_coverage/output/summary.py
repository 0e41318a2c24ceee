"""The catalogue in a table: how many entries of each family work on each device."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from crosswarp.cuda_api_coverage.catalogue.load import FAMILIES, Catalogue
from crosswarp.cuda_api_coverage.catalogue.model import Device, Entry, State
from crosswarp.cuda_api_coverage.report.figures import WORKING
from crosswarp.cuda_api_coverage.report.versions import exists_in, versions
from rich.table import Table

_STATES = (State.IMPLEMENTED, State.REFUSED, State.ABSENT)


def summary(catalogue: Catalogue, families: Iterable[str] = (), *, by_version: bool = False) -> Table:
    """One row a family: its entries (`by_version`: those of each version of CUDA too), what our sources have of them, and how many
    tests have shown to work on each device.
    """
    table = Table(title="CUDA's APIs, and how many of them tests have shown to work", title_justify="left", title_style="bold")
    table.add_column("family", style="cyan")
    shown = versions(catalogue.entries) if by_version else []
    for heading in ("entries", *shown, *(state.value for state in _STATES), *(device.value for device in Device)):
        table.add_column(heading, justify="right")
    wanted = set(families) or set(FAMILIES)
    every = [entry for entry in catalogue.entries if entry.family in wanted]
    for family in FAMILIES:
        if own := [entry for entry in every if entry.family == family]:
            table.add_row(FAMILIES[family], *_cells(own, shown, catalogue))
    table.add_row("all", *_cells(every, shown, catalogue), style="bold")
    return table


def _cells(entries: list[Entry], shown: list[str], catalogue: Catalogue) -> list[str]:
    states = Counter(entry.state for entry in entries)
    working = [sum(catalogue.status(entry, device) in WORKING for entry in entries) for device in Device]
    present = [sum(exists_in(entry, version) for entry in entries) for version in shown]
    return [f"{count:,}" for count in (len(entries), *present, *(states[state] for state in _STATES), *working)]


def listing(catalogue: Catalogue, families: Iterable[str] = (), device: Device | None = None) -> Iterable[str]:
    """`name: state` of every entry, or `name: status` on a device."""
    wanted = set(families) or set(FAMILIES)
    for entry in catalogue.entries:
        if entry.family in wanted:
            yield f"{entry.name}: {_word(entry, device, catalogue)}"


def _word(entry: Entry, device: Device | None, catalogue: Catalogue) -> str:
    return catalogue.status(entry, device).value if device else entry.state.value
