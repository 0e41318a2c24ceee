"""The records of an API's functions from what the shim's sources say of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from crosswarp.cuda_api_coverage.calling.answers import DEVICES
from crosswarp.cuda_api_coverage.catalogue.model import Entry, Kind, State
from crosswarp.cuda_api_coverage.derive.refusing_devices import refusing_devices
from crosswarp.support.paths import PACKAGE_ROOT

Sources = Mapping[str, tuple[State, Path]]
"""Name to state and the file that has it; what is in neither is absent."""


def function_records(family: str, kept: Iterable[Entry], sources: Sources) -> list[Entry]:
    """The kept records with what `sources` says of their names, and one more for each name that only `sources` has. What every
    device refuses is refused.
    """
    facts = {entry.name: entry for entry in kept}
    refusing = refusing_devices()
    found = []
    for name in facts.keys() | sources.keys():
        fact = facts.get(name, Entry(family, name, Kind.FUNCTION))
        state, path = sources.get(name, (State.ABSENT, None))
        devices = refusing.get(name, ()) if state is State.IMPLEMENTED else ()
        if len(devices) == len(DEVICES):
            state, devices = State.REFUSED, ()
        source = path.relative_to(PACKAGE_ROOT).as_posix() if path else ""
        found.append(replace(fact, state=state, refused_on=devices, source=source))
    return found
