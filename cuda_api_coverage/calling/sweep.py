"""Calls every entry with valid arguments but for one, which is wrong, each parameter in a process of its own.

Nothing may crash, hang or leak, each answer must be a code that CUDA documents, and the wrong argument must be noticed, but where
CUDA takes it (`legal_arguments.tsv`).
"""

from __future__ import annotations

import ctypes
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

from crosswarp.cuda_api_coverage.calling import special_arguments  # noqa: F401  (fills the table)
from crosswarp.cuda_api_coverage.calling.arguments import arguments
from crosswarp.cuda_api_coverage.calling.observe import Setting, forked
from crosswarp.cuda_api_coverage.calling.records import constants, record_types
from crosswarp.cuda_api_coverage.calling.world import CallFailed, World
from crosswarp.cuda_api_coverage.derive.declarations import Function, Parameter, declared_functions

LEGAL = Path(__file__).parent / "legal_arguments.tsv"
FAULTS = {700, 702, 710, 714, 715, 716, 717, 718, 719}  # stay until the device is reset
REPEATS = 64
TRIES = 3  # further measurements of what seems to leak
LEAK = 1024  # bytes that REPEATS failing calls may leave behind: less than the smallest object each
_HANDLE = ("cudaStream_t", "cudaEvent_t", "cudaGraph_t", "cudaGraphExec_t", "cudaGraphNode_t", "cudaArray_t", "cudaArray_const_t",
           "cudaMipmappedArray_t", "cudaMipmappedArray_const_t", "cudaMemPool_t", "cudaUserObject_t", "cudaLibrary_t",
           "cudaKernel_t", "cudaLogsCallbackHandle", "cudaAsyncCallbackHandle_t")
_DESTROYERS = {"cudaStream_t": ("cudaStreamCreate", "cudaStreamDestroy"), "cudaEvent_t": ("cudaEventCreate", "cudaEventDestroy")}
_NUMBERS = {
    "int": {"negative": -1, "huge": 0x7FFFFFF0},
    "unsigned int": {"huge": 0xFFFFFFF0},
    "unsigned long": {"largest": 2**64 - 1, "huge": 2**62, "a terabyte": 2**40},
    "unsigned long long": {"largest": 2**64 - 1, "huge": 2**62},
    "enum": {"negative": -1, "unknown": 0x7FFF},
}
_WILD = 0x10  # a pointer that nothing ever has


@dataclass(frozen=True)
class Answer:
    """What one wrong call gave: `code` is an error code, or what became of the process."""

    entry: str
    parameter: str
    wrong: str
    code: int | str
    leaked: int = 0


def _stale(w: World, kind: str) -> int:
    create, destroy = _DESTROYERS[kind]
    made = w.make(create)
    w.need(destroy, made)
    return made


Maker = Callable[[World], Any]


def _ones(w: World, parameter: Parameter) -> Any:
    return w.types[parameter.type].from_buffer_copy(b"\xff" * parameter.size)


def _constant(value: int) -> Maker:
    return lambda _: value


def wrong_values(types: dict[str, Any], parameter: Parameter) -> Iterator[tuple[str, Maker]]:
    """Name and maker of each wrong argument for a parameter."""
    if parameter.shape == "record":
        yield "zeros", lambda w: w.record(parameter.type)
        yield "ones", lambda w: _ones(w, parameter)
    elif parameter.shape == "pointer":
        yield "null", _constant(0)
        if parameter.type in _HANDLE:
            yield "wild", _constant(_WILD)
        if parameter.type in _DESTROYERS:
            yield "destroyed", lambda w: _stale(w, parameter.type)
        structure = parameter.type.removeprefix("const ").removesuffix(" *")
        if parameter.type.startswith("const ") and structure in types:
            yield "zeroed", lambda w: w.address(types[structure]())
    else:
        yield from ((name, _constant(value)) for name, value in _NUMBERS.get(parameter.shape, {}).items())


class _Info(ctypes.Structure):  # struct mallinfo2
    _fields_ = [(name, ctypes.c_size_t) for name in ("arena", "o", "s", "h", "hd", "us", "fs", "used", "free", "keep")]


_query = ctypes.CDLL(None).mallinfo2
_query.restype = _Info


def _allocated() -> int:
    return int(_query().used)


def _growth(w: World, function: Function, given: list[Any]) -> int:
    before = _allocated()
    for _ in range(REPEATS):
        w.call(function.name, given)
    w.call("cudaDeviceSynchronize", [])  # what is still queued is not lost
    return _allocated() - before


def _leaked(w: World, function: Function, given: list[Any]) -> int:
    """The least of several measurements: a leak is there each time, a table that grows or another thread's memory is not."""
    w.call(function.name, given)
    w.call("cudaDeviceSynchronize", [])
    growth = _growth(w, function, given)
    for _ in range(TRIES):
        if growth > LEAK:
            growth = min(growth, _growth(w, function, given))
    return growth


def _attempt(w: World, function: Function, index: int, value: Maker) -> tuple[int, int]:
    given = arguments(w, function)
    given[index] = value(w)  # after the others: what it destroys may lie where another was
    code = w.call(function.name, given)
    if code in FAULTS:
        w.call("cudaDeviceReset", [])
        w.forget()
    return code, _leaked(w, function, given) if code != 0 and code not in FAULTS else 0


def _calls(setting: Setting, functions: list[Function], function: Function, index: int, out: int) -> None:
    """In the child: says what it is about to call, then what that gave, a line each."""
    w = setting.world(functions)
    parameter = function.parameters[index]
    for wrong, value in wrong_values(w.types, parameter):
        os.write(out, f"{json.dumps(wrong)}\n".encode())
        try:
            outcome: Any = _attempt(w, function, index, value)
        except CallFailed as failed:
            outcome = [f"unreached: {failed}", 0]
        os.write(out, f"{json.dumps(outcome)}\n".encode())


def answers_of(setting: Setting, functions: list[Function], function: Function, index: int) -> list[Answer]:
    """Every wrong value of one parameter."""
    text, status = forked(partial(_calls, setting, functions, function, index))
    lines = [json.loads(line) for line in text.splitlines()]
    name = function.parameters[index].name
    pairs = list(zip(lines[::2], lines[1::2], strict=False))
    found = [Answer(function.name, name, wrong, code, leaked) for wrong, (code, leaked) in pairs]
    if len(lines) % 2:
        ending = f"signal {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else "a Python error"
        found.append(Answer(function.name, name, lines[-1], ending))
    return found


def sweep(setting: Setting, functions: list[Function] | None = None) -> list[Answer]:
    """Every wrong value of every parameter of every function."""
    functions = functions or declared_functions()
    record_types(), constants()  # read once, before the children
    return [answer for function in functions for index in range(len(function.parameters))
            for answer in answers_of(setting, functions, function, index)]


def legal() -> dict[tuple[str, str, str], str]:
    """Entry, parameter and wrong value that CUDA takes, with the reason; `*` for any entry or any value."""
    lines = [line for line in LEGAL.read_text().splitlines() if line and not line.startswith("#")]
    rows = [line.split("\t") for line in lines[1:]]
    return {(entry, parameter, wrong): why for entry, parameter, wrong, why in rows}


def is_legal(answer: Answer, table: dict[tuple[str, str, str], str]) -> bool:
    """True where success is right."""
    choices = product((answer.entry, "*"), (answer.parameter, "*"), (answer.wrong, "*"))
    return any(choice in table for choice in choices)


def complaints(answers: list[Answer]) -> list[str]:
    """What is not as it must be, a line each."""
    table = legal()
    documented = {value for name, value in constants().items() if name.startswith("cudaError") or name == "cudaSuccess"}
    found = []
    for answer in answers:
        call = f"{answer.entry}, {answer.parameter} {answer.wrong}"
        if isinstance(answer.code, str):
            if not answer.code.startswith("unreached"):
                found.append(f"{call}: {answer.code}")
        elif answer.code not in documented:
            found.append(f"{call}: {answer.code} is no error code of CUDA's")
        elif answer.code == 0 and not is_legal(answer, table):
            found.append(f"{call}: is not noticed")
        elif answer.leaked > LEAK:
            found.append(f"{call}: {REPEATS} calls leak {answer.leaked} bytes")
    return found
