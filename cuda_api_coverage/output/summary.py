"""The catalogue in a table: how many entries of each family work on each device."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from crosswarp.cuda_api_coverage.catalogue.load import FAMILIES, Catalogue
from crosswarp.cuda_api_coverage.catalogue.model import Device, Entry, State
from crosswarp.cuda_api_coverage.output.words import DEVICES, ORDER, WORDS
from crosswarp.cuda_api_coverage.report.figures import WORKING
from crosswarp.cuda_api_coverage.report.versions import exists_in, versions
from rich.table import Table

_STATES = (State.IMPLEMENTED, State.REFUSED, State.ABSENT)


def summary(catalogue: Catalogue, families: Iterable[str] = (), device: Device | None = None, *, by_version: bool = False) -> Table:
    """One row a family: its entries (`by_version`: those of each version of CUDA too), what our sources have of them, and how many
    tests have shown to work on each device. On one `device`: how many have each status there.
    """
    title = f"CUDA's APIs on {DEVICES[device]}" if device else "CUDA's APIs, and how many of them tests have shown to work"
    table = Table(title=title, title_justify="left", title_style="bold")
    table.add_column("family", style="cyan")
    shown = versions(catalogue.entries) if by_version else []
    wanted = set(families) or set(FAMILIES)
    every = [entry for entry in catalogue.entries if entry.family in wanted]
    groups = [(FAMILIES[family], [entry for entry in every if entry.family == family]) for family in FAMILIES]
    rows = [(name, _counts(entries, shown, device, catalogue)) for name, entries in [*groups, ("all", every)] if entries]
    for heading in rows[-1][1]:
        table.add_column(heading, justify="right")
    for name, counts in rows:
        table.add_row(name, *(f"{count:,}" for count in counts.values()), style="bold" if name == "all" else None)
    return table


def _counts(entries: list[Entry], shown: list[str], device: Device | None, catalogue: Catalogue) -> dict[str, int]:
    present = {version: sum(exists_in(entry, version) for entry in entries) for version in shown}
    return {"entries": len(entries), **present, **(_on(device, entries, catalogue) if device else _everywhere(entries, catalogue))}


def _on(device: Device, entries: list[Entry], catalogue: Catalogue) -> dict[str, int]:
    statuses = Counter(catalogue.status(entry, device) for entry in entries)
    return {WORDS[status]: statuses[status] for status in reversed(ORDER)}


def _everywhere(entries: list[Entry], catalogue: Catalogue) -> dict[str, int]:
    states = Counter(entry.state for entry in entries)
    working = {device.value: sum(catalogue.status(entry, device) in WORKING for entry in entries) for device in Device}
    return {**{state.value: states[state] for state in _STATES}, **working}


def listing(catalogue: Catalogue, families: Iterable[str] = (), device: Device | None = None) -> Iterable[str]:
    """`name: state` of every entry, or `name: status` on a device."""
    wanted = set(families) or set(FAMILIES)
    for entry in catalogue.entries:
        if entry.family in wanted:
            yield f"{entry.name}: {_word(entry, device, catalogue)}"


def _word(entry: Entry, device: Device | None, catalogue: Catalogue) -> str:
    return catalogue.status(entry, device).value if device else entry.state.value
