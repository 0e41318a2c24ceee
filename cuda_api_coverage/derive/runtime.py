"""The records of the runtime API: one a name that programs write; second versions (`_v2`) and forms for the per-thread default
stream are forms of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from crosswarp.cuda_api_coverage.calling.answers import DEVICES
from crosswarp.cuda_api_coverage.catalogue.model import Entry, Kind, State
from crosswarp.cuda_api_coverage.derive.declarations import aliases
from crosswarp.cuda_api_coverage.derive.refusing_devices import refusing_devices
from crosswarp.cuda_api_coverage.derive.runtime_api import Status, runtime_entries
from crosswarp.cuda_api_coverage.derive.types import RUNTIME_HEADERS, type_entries
from crosswarp.support.paths import PACKAGE_ROOT

_FORM = re.compile(r"_v\d$")


def entries(kept: Iterable[Entry]) -> list[Entry]:
    """What the shim's sources say of each kept record, and a record for what only the shim has."""
    names, refused = aliases(), refusing_devices()
    forms = sorted(runtime_entries(), key=lambda entry: entry.name, reverse=True)  # the plain name, where it is there, is the entry
    here = {_FORM.sub("", names.get(entry.name, entry.name)): entry for entry in forms}
    facts = {entry.name: entry for entry in kept}
    found = []
    for name in facts.keys() | here.keys():
        fact = facts.get(name, Entry("runtime", name, Kind.FUNCTION))
        if entry := here.get(name):
            devices = refused.get(name, ())
            everywhere = entry.status is Status.NOT_SUPPORTED or len(devices) == len(DEVICES)
            state, devices = (State.REFUSED, ()) if everywhere else (State.IMPLEMENTED, devices)
            found.append(replace(fact, state=state, refused_on=devices, source=entry.source.relative_to(PACKAGE_ROOT).as_posix()))
        else:
            found.append(replace(fact, state=State.ABSENT, refused_on=(), source=""))
    return found


def type_records(kept: Iterable[Entry]) -> list[Entry]:
    """Types, enumerators and macros of the runtime API."""
    return type_entries(RUNTIME_HEADERS, kept, entries(()))
