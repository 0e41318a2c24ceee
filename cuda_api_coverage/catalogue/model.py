"""What one record of the catalogue is, and what may be said of it on a device."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Device(Enum):
    """Where a program runs. `AMD` and `NVIDIA` are real GPUs; `EMULATED` is AMD's machine code without an AMD GPU."""

    CPU = "cpu"
    EMULATED = "emulated"
    AMD = "amd"
    NVIDIA = "nvidia"


class Kind(Enum):
    """What a name stands for in a program."""

    FUNCTION = "function"  # of the host, with a linked symbol
    DEVICE_FUNCTION = "device function"
    TEMPLATE = "template"  # a C++ function or class template
    TYPE = "type"
    ENUMERATOR = "enumerator"
    MACRO = "macro"
    MEMBER = "member"  # of a class: `thread_block::sync`
    LANGUAGE = "language feature"  # `__shared__`, `<<<>>>`, extended lambdas
    VARIABLE = "variable"  # `threadIdx`
    OPTION = "compiler option"
    INSTRUCTION = "PTX instruction"
    HEADER = "header"
    LIBRARY = "library"  # what is linked: `cudart` of `-lcudart`, `CUDA::cudart`


class State(Enum):
    """What our sources have of an API: the shim's registry, the headers, the tables of instructions and options."""

    IMPLEMENTED = "implemented"
    REFUSED = "refused"  # a call returns "not supported", a source is an error that names the feature
    ABSENT = "absent"  # no such name: a program that uses it does not compile, or does not link


class Status(Enum):
    """What a user may count on, on one device. Derived: `State`, stated differences, and tests that ran and passed."""

    WORKS = "works"
    DIFFERS = "works with a stated difference"
    UNTESTED = "untested"  # implemented, and no passing test ran it on this device
    NOT_SUPPORTED = "not supported"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Entry:
    """One API. Versions are CUDA's (`12.9`); empty: unknown, or does not apply.

    `name` is what a source writes (`cudaMalloc`, `--maxrregcount`, `thread_block::sync`), unique in its family; for PTX it is the
    template of the instruction's forms (`ir/ptx/form.py`).
    `refused_on` names devices on which an implemented entry is refused; `difference` is what a user must know, empty where CUDA's
    documentation describes us too; `source` is the file that implements it, from the repository's root.
    """

    family: str
    name: str
    kind: Kind
    group: str = ""
    header: str = ""
    since: str = ""
    deprecated: str = ""
    removed: str = ""
    state: State = State.ABSENT
    refused_on: tuple[Device, ...] = ()
    difference: str = ""
    source: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Family and name: what evidence and scans call it."""
        return self.family, self.name


@dataclass(frozen=True, slots=True)
class Proof:
    """Tests that used an entry on a device and passed. `recorded`: the device was a library that records calls, not a GPU."""

    device: Device
    tests: tuple[str, ...]
    recorded: bool = False


def status(entry: Entry, device: Device, proofs: tuple[Proof, ...]) -> Status:
    """What a user may count on. `proofs` are the entry's own."""
    if entry.state is State.ABSENT:
        return Status.ABSENT
    if entry.state is State.REFUSED or device in entry.refused_on:
        return Status.NOT_SUPPORTED
    if not any(proof.device is device and not proof.recorded for proof in proofs):
        return Status.UNTESTED
    return Status.DIFFERS if entry.difference else Status.WORKS
