"""Which functions a function mentions, without reading bodies that are still text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from crosswarp.ir.constants import Constant
from crosswarp.ir.function import Function
from crosswarp.ir.globals import GlobalValue
from crosswarp.ir.instructions import Call
from crosswarp.ir.module import Module
from crosswarp.ir.values import Value
from crosswarp.targets.cpu.passes.cfg import components

_NAME = re.compile(r'@("(?:[^"])*"|[\w.$-]+)')
_CALLED = re.compile(r'\b(?:call|invoke)\b[^@\n]*?[ *]@("(?:[^"])*"|[\w.$-]+)\(')
_INDIRECT_CALL = re.compile(r"\b(?:call|invoke)\b[^@\n]*? %[\w.$\"-]+\(")


def globals_in(value: Value) -> Iterator[GlobalValue]:
    """Every global inside a constant, with repeats."""
    if isinstance(value, GlobalValue):
        yield value
    elif isinstance(value, Constant):
        for part in value.operands:
            yield from globals_in(part)


def mentioned_names(module: Module, function: Function) -> set[str]:
    """Names of all globals in the body."""
    if function.body_text is not None:
        return set(_resolve(module, _NAME.findall(function.body_text)))
    return {g.name for i in function.instructions() for operand in i.operands for g in globals_in(operand)}


def called_names(module: Module, function: Function) -> list[str]:
    """Names of the functions that the body calls directly, one for each call."""
    if function.body_text is not None:
        return _resolve(module, _CALLED.findall(function.body_text))
    return [i.callee_name for i in function.instructions() if isinstance(i, Call) and i.callee_name is not None]


def has_indirect_call(function: Function) -> bool:
    """Whether the body calls through a pointer."""
    if function.body_text is not None:
        return _INDIRECT_CALL.search(function.body_text) is not None
    return any(isinstance(i, Call) and is_indirect(i) for i in function.instructions())


def is_indirect(call: Call) -> bool:
    """Whether the callee is a pointer held in a value."""
    return not isinstance(call.callee, Constant) and type(call.callee).__name__ != "InlineAsm"


def address_taken(module: Module) -> set[str]:
    """Names of functions that are used other than as a callee: in initialisers, or as a value in a body."""
    taken = {g.name for v in module.globals.values() if v.initializer is not None for g in globals_in(v.initializer)}
    for function in module.functions.values():
        if function.is_declaration:
            continue
        taken |= _taken_in(module, function)
    return {name for name in taken if name in module.functions}


def _resolve(module: Module, names: list[str]) -> list[str]:
    found = (module.resolve_in_text(name.strip('"')) for name in names)
    return [value.name for value in found if value is not None]


def _taken_in(module: Module, function: Function) -> set[str]:
    if function.body_text is not None:
        names = Counter(_resolve(module, _NAME.findall(function.body_text)))
        return set(names - Counter(_resolve(module, _CALLED.findall(function.body_text))))
    taken: set[str] = set()
    for instruction in function.instructions():
        operands = instruction.operands[1:] if isinstance(instruction, Call) else instruction.operands
        taken |= {g.name for operand in operands for g in globals_in(operand)}
    return taken


class CallGraph:
    """Who may call whom, by name. An indirect call may reach every function whose address is taken."""

    def __init__(self, module: Module) -> None:
        self.taken = address_taken(module)
        self.callees: dict[str, set[str]] = {}
        self.indirect: set[str] = set()
        for name, function in module.functions.items():
            if function.is_declaration:
                continue
            self.callees[name] = {n for n in mentioned_names(module, function) if n in module.functions}
            if has_indirect_call(function):
                self.indirect.add(name)
                self.callees[name] |= self.taken

    def reaching(self, targets: Iterable[str]) -> set[str]:
        """Functions from which a call chain leads to one of `targets`, the targets included."""
        callers: dict[str, set[str]] = {}
        for caller, callees in self.callees.items():
            for callee in callees:
                callers.setdefault(callee, set()).add(caller)
        return closure(targets, callers)

    def reachable(self, name: str) -> set[str]:
        """Functions that a call chain from `name` may reach, `name` included."""
        return closure([name], self.callees)

    def recursive(self) -> set[str]:
        """Functions that may call themselves again through some chain of calls."""
        edges = {name: [callee for callee in callees if callee in self.callees] for name, callees in self.callees.items()}
        cycles = [component for component in components(edges) if len(component) > 1]
        return {name for name in edges if name in edges[name]}.union(*cycles)


def closure(start: Iterable[str], edges: dict[str, set[str]]) -> set[str]:
    """All nodes reached from `start`."""
    seen = set(start)
    work = list(seen)
    while work:
        for neighbour in edges.get(work.pop(), ()):
            if neighbour not in seen:
                seen.add(neighbour)
                work.append(neighbour)
    return seen
