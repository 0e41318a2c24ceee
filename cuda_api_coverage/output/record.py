"""One record of the catalogue, for `crosswarp coverage --api NAME`: everything known about it, as text or as an object."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crosswarp.cuda_api_coverage.catalogue.load import FAMILIES, Catalogue
from crosswarp.cuda_api_coverage.catalogue.model import Device, Entry, Status
from crosswarp.cuda_api_coverage.catalogue.options import lookup_option
from crosswarp.cuda_api_coverage.catalogue.ptx import lookup_ptx
from crosswarp.cuda_api_coverage.output.advice import advice, page
from crosswarp.cuda_api_coverage.output.close import CloseNames
from crosswarp.cuda_api_coverage.output.words import DEVICES, listed
from crosswarp.cuda_api_coverage.scan.names import names_of
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

_TESTS = 6


def records(name: str, catalogue: Catalogue) -> list[Entry]:
    """The records of a name as sources write it: with or without the outermost namespace, a member (`thread_block::sync`) also by
    its last part; another form of a function; a word of nvcc's command line (`-arch=sm_80`); an instruction of PTX. Without regard
    to case where there is none otherwise.
    """
    own = catalogue.by_name.get(catalogue.forms.get(name, name), ())
    members = (entry for entry in catalogue.entries if "::" in entry.name and entry.name.rpartition("::")[2] == name)
    found = dict.fromkeys((*own, *members, *_otherwise(name, catalogue)))
    return list(found) or [entry for entry in catalogue.entries if entry.name.casefold() == name.casefold()]


def _otherwise(name: str, catalogue: Catalogue) -> Iterator[Entry]:
    """What is written by rules of its own."""
    names = names_of(catalogue) if "::" in name else None
    if names:
        yield from (names.entries[key] for key in names.qualified.get(name, ()))
    for found in (lookup_option(name) if name.startswith("-") else None, lookup_ptx(name) if "." in name else None):
        if found:
            yield found


def facts(entry: Entry) -> dict[str, str]:
    """What JSON says of a record wherever it stands: where it is declared, CUDA's versions, what differs, our file."""
    names = ("header", "since", "deprecated", "removed", "difference", "source")
    return {name: getattr(entry, name) for name in names}


def as_object(entry: Entry, catalogue: Catalogue) -> dict[str, Any]:
    """A record for JSON."""
    return {
        "name": entry.name,
        "family": entry.family,
        "kind": entry.kind.value,
        **facts(entry),
        "page": page(entry.family),
        "programs": catalogue.usage.get(entry.name, 0),
        "devices": {device.value: _on(entry, device, catalogue) for device in Device},
    }


def _on(entry: Entry, device: Device, catalogue: Catalogue) -> dict[str, Any]:
    status = catalogue.status(entry, device)
    proofs = [proof for proof in catalogue.proofs.get(entry.key, ()) if proof.device is device]
    return {
        "status": status.value,
        "advice": advice(entry, status, device),
        "tests": [test for proof in proofs if not proof.recorded for test in proof.tests],
        "tests_over_a_recording_library": [test for proof in proofs if proof.recorded for test in proof.tests],
    }


def as_text(entry: Entry, catalogue: Catalogue, styles: dict[Status, str]) -> RenderableType:
    """A record for people: facts, then a row for each device."""
    facts = Table.grid(padding=(0, 2, 0, 0))
    facts.add_column(no_wrap=True)
    facts.add_column(overflow="fold")
    for title, value in _facts(entry, catalogue):
        if value:
            facts.add_row(title, Text(value))
    devices = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("device", "status", "tests"):
        devices.add_column(heading, overflow="fold")
    for device in Device:
        found = _on(entry, device, catalogue)
        status = Status(found["status"])
        devices.add_row(DEVICES[device], Text(status.value, styles[status]), Text(_tests(found)))
    said = dict.fromkeys(_advice(entry, device, catalogue) for device in Device)
    return Group(Text(entry.name, "bold"), facts, "", devices, *(Text(text, "dim") for text in said if text), "")


def _advice(entry: Entry, device: Device, catalogue: Catalogue) -> str:
    """What the table does not say already."""
    status = catalogue.status(entry, device)
    return advice(entry, status, device) if status not in (Status.UNTESTED, Status.DIFFERS) else ""


def _facts(entry: Entry, catalogue: Catalogue) -> list[tuple[str, str]]:
    programs = catalogue.usage.get(entry.name, 0)
    return [
        ("family", f"{FAMILIES[entry.family]} ({entry.kind.value})"),
        ("header", entry.header),
        ("since CUDA", entry.since),
        ("deprecated in CUDA", entry.deprecated),
        ("removed in CUDA", entry.removed),
        ("state", entry.state.value),
        ("difference", entry.difference),
        ("source", entry.source),
        ("documentation", page(entry.family)),
        ("used by", f"{programs:,} of 772 public programs" if programs else ""),
    ]


def _tests(found: dict[str, Any]) -> str:
    if found["tests"]:
        return listed(found["tests"], _TESTS)
    return "over a recording library only: " + listed(over, _TESTS) if (over := found["tests_over_a_recording_library"]) else ""


def not_found(name: str, catalogue: Catalogue) -> str:
    """What to say of a name in no record."""
    close = CloseNames(catalogue).of(name)
    return f"'{name}' is in no record of the catalogue" + (f"; did you mean {' or '.join(close)}?" if close else "")
