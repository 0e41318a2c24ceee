"""The verifier: what must hold in every module between passes.

 1. A global stands in its table under its own name, and no two globals share a name.
 2. Operands and initializers mention only globals of this module; `!n` mentions only nodes that exist.
 3. Blocks, instructions and arguments know their parent, and stand in one place only.
 4. A block ends with its only terminator. Phis come first in it.
 5. The entry block has no predecessors.
 6. A phi has one entry for each edge from a predecessor, and for nothing else; entries of one predecessor agree.
 7. A local value belongs to the function that uses it and is defined before it is used on every path (SSA dominance).
 8. Types fit: of operands to the operation, of a returned value to the function, of a phi's entries to the phi.
 9. A call's arguments fit its function type; the function type is the callee's own.
10. Kernels return void, take a fixed number of parameters and are not called.
11. Address spaces: variables in shared (3) and local (5) memory have no initial value; stack memory is generic or local;
    pointers change space by `addrspacecast` only, to or from generic memory (portable dialect).
12. In the portable dialect, every `llvm.nvvm.*` and `__cw.*` function is in the operation table, with its types.

`verify_module` reports every problem inside the text of the function it concerns, with a caret under the line.
LLVM's own verifier checks attributes, metadata and intrinsics in addition, when a target parses the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from crosswarp.ir.cfg import ControlFlow
from crosswarp.ir.constants import Keyword
from crosswarp.ir.function import Block, Function
from crosswarp.ir.globals import GlobalValue, GlobalVariable
from crosswarp.ir.instructions import Call, DebugRecord, Instruction, Phi
from crosswarp.ir.module import Module
from crosswarp.ir.names import words
from crosswarp.ir.types import VOID
from crosswarp.ir.uses import parts_of
from crosswarp.ir.values import Argument, MetadataValue, Value
from crosswarp.ir.verifier_types import type_problems
from crosswarp.ir.writer_function import FunctionWriter

KERNEL_CONVENTIONS = words("ptx_kernel amdgpu_kernel spir_kernel")
SHARED_SPACE, LOCAL_SPACE = 3, 5


@dataclass(frozen=True)
class Problem:
    """One broken invariant: its number in the list above, what is wrong, and where (`at` is None for the whole module)."""

    invariant: int
    message: str
    function: Function | None = None
    at: Instruction | Block | None = None

    def __str__(self) -> str:
        return f"{self.message} (invariant {self.invariant})"


class VerifyError(Exception):
    """A module that breaks an invariant. `problems` lists all that were found."""

    def __init__(self, problems: list[Problem], when: str = "") -> None:
        self.problems = problems
        super().__init__(f"invalid IR{' ' + when if when else ''}\n" + "\n".join(_render(problems)))


def verify_module(module: Module, *, portable: bool = False, when: str = "") -> None:
    """Raise `VerifyError` if an invariant is broken. Reads all bodies. `portable` adds the portable dialect's rules."""
    problems = list(module_problems(module, portable))
    for function in module.definitions():
        problems += function_problems(function, module, portable)
    if problems:
        raise VerifyError(problems, when)


def module_problems(module: Module, portable: bool) -> Iterator[Problem]:
    """Problems outside bodies."""
    seen: set[str] = set()
    for table in (module.globals, module.aliases, module.functions):
        for name, value in table.items():
            if name != value.name:
                yield Problem(1, f"{value} stands under the name '{name}'")
            if name in seen:
                yield Problem(1, f"two globals are called {value}")
            seen.add(name)
    for variable in module.globals.values():
        yield from _variable_problems(variable, module)
    for alias in module.aliases.values():
        yield from _foreign_globals(alias.aliasee, module, f"alias {alias}")
    for function in module.functions.values():
        yield from _signature_problems(function)
    if portable:
        from crosswarp.ir.operations import declaration_problem

        for function in module.functions.values():
            message = declaration_problem(function)
            if message:
                yield Problem(12, message)


def _variable_problems(variable: GlobalVariable, module: Module) -> Iterator[Problem]:
    initial = variable.initializer
    if initial is None:
        return
    if initial.type is not variable.value_type:
        yield Problem(8, f"{variable} of type {variable.value_type} is initialized with type {initial.type}")
    if variable.address_space in (SHARED_SPACE, LOCAL_SPACE) and not _is_undefined(initial):
        yield Problem(11, f"{variable} in address space {variable.address_space} has an initial value")
    yield from _foreign_globals(initial, module, f"initializer of {variable}")


def _is_undefined(value: Value) -> bool:
    return isinstance(value, Keyword) and value.word in ("undef", "poison")


def _foreign_globals(value: Value, module: Module, where: str) -> Iterator[Problem]:
    for part in (value, *parts_of(value)):
        if isinstance(part, GlobalValue) and module.get(part.name) is not part:
            yield Problem(2, f"{where} mentions {part}, which is not in the module")


def _signature_problems(function: Function) -> Iterator[Problem]:
    if function.calling_convention in KERNEL_CONVENTIONS:
        if function.return_type is not VOID:
            yield Problem(10, f"kernel {function} returns {function.return_type}", function)
        if function.vararg:
            yield Problem(10, f"kernel {function} takes a variable number of arguments", function)
    for argument in function.arguments:
        if argument.parent is not function:
            yield Problem(3, f"argument {argument} does not know that it belongs to {function}", function)


@dataclass(frozen=True)
class _Scope:
    """What instructions of one function are checked against. `order` is each instruction's place in its block."""

    function: Function
    module: Module
    flow: ControlFlow
    order: dict[Instruction, int]


def function_problems(function: Function, module: Module, portable: bool = False) -> list[Problem]:
    """Problems in one body."""
    structure = list(_structure_problems(function))
    if structure:
        return structure
    order = {i: n for block in function.blocks for n, i in enumerate(block.instructions)}
    scope = _Scope(function, module, ControlFlow(function), order)
    found: list[Problem] = []
    if scope.flow.predecessors[function.entry]:
        found.append(Problem(5, "the entry block has predecessors", function, function.entry))
    for instruction in order:
        found += [Problem(n, m, function, instruction) for n, m in _instruction_problems(instruction, scope)]
        if portable:
            found += [Problem(11, m, function, instruction) for m in _space_problems(instruction)]
    return found


def _structure_problems(function: Function) -> Iterator[Problem]:
    seen: set[Value] = set()
    for block in function.blocks:
        if block.parent is not function or block in seen:
            yield Problem(3, "the block does not belong here, or stands here twice", function, block)
        seen.add(block)
        if block.terminator is None:
            yield Problem(4, "the block does not end with a terminator", function, block)
        phis_over = False
        for index, instruction in enumerate(block.instructions):
            if instruction.parent is not block or instruction in seen:
                yield Problem(3, "the instruction does not belong here, or stands here twice", function, instruction)
            seen.add(instruction)
            if instruction.is_terminator and index + 1 < len(block.instructions):
                yield Problem(4, "a terminator in the middle of a block", function, instruction)
            if isinstance(instruction, Phi) and phis_over:
                yield Problem(4, "a phi behind other instructions", function, instruction)
            phis_over = phis_over or not isinstance(instruction, Phi | DebugRecord)
    for block in function.blocks:
        for target in block.successors():
            if target not in seen:
                yield Problem(3, f"branch to block {target}, which is not in the function", function, block.terminator)


def _instruction_problems(instruction: Instruction, scope: _Scope) -> Iterator[tuple[int, str]]:
    for index, operand in enumerate(instruction.operands):
        for part in (operand, *parts_of(operand)):
            yield from _operand_problems(part, index, instruction, scope)
    for node in instruction.metadata.values():
        yield from _metadata_problems(node.number, scope.module)
    if isinstance(instruction, Phi):
        yield from _phi_problems(instruction, scope.flow)
    if isinstance(instruction, Call):
        yield from _call_problems(instruction)
    for message in type_problems(instruction, scope.function):
        yield 8, message


def _metadata_problems(number: int | None, module: Module) -> Iterator[tuple[int, str]]:
    if number is not None and number not in module.metadata:
        yield 2, f"metadata !{number} does not exist"


def _operand_problems(value: Value, index: int, user: Instruction, scope: _Scope) -> Iterator[tuple[int, str]]:
    if isinstance(value, Instruction):
        if value not in scope.order:
            yield 7, f"operand {value} is not defined in this function"
        elif not _available(value, user, index, scope):
            yield 7, f"operand {value} is used where it is not defined on every path"
    elif isinstance(value, Argument):
        if value.parent is not scope.function or value not in scope.function.arguments:
            yield 7, f"operand {value} is not an argument of this function"
    elif isinstance(value, Block):
        if value.parent is not scope.function:
            yield 7, f"block {value} is not in this function"
    elif isinstance(value, GlobalValue):
        if scope.module.get(value.name) is not value:
            yield 2, f"{value} is not in the module"
    elif isinstance(value, MetadataValue) and value.text is not None:
        yield from _metadata_problems(value.text.number, scope.module)


def _available(value: Instruction, user: Instruction, index: int, scope: _Scope) -> bool:
    if isinstance(user, DebugRecord):
        return True
    if value.parent is user.parent and not isinstance(user, Phi):
        assert user.parent is not None
        return scope.order[value] < scope.order[user] or not scope.flow.reachable(user.parent)
    return scope.flow.dominates(value, user, index)


def _phi_problems(phi: Phi, flow: ControlFlow) -> Iterator[tuple[int, str]]:
    assert phi.parent is not None
    edges = [p for p in flow.predecessors[phi.parent] for s in (p.terminator.successors() if p.terminator else ())
             if s is phi.parent]
    have = [block for _, block in phi.incoming]
    for block in dict.fromkeys(edges):
        if have.count(block) != edges.count(block):
            yield 6, f"{have.count(block)} entries for predecessor {block}, which has {edges.count(block)} edges"
    for block in dict.fromkeys(have):
        if block not in edges:
            yield 6, f"an entry for {block}, which is no predecessor"
        if len({v for v, b in phi.incoming if b is block}) > 1:
            yield 6, f"different values for {block}"


def _call_problems(call: Call) -> Iterator[tuple[int, str]]:
    parameters, arguments = call.function_type.parameters, call.arguments
    if len(arguments) < len(parameters) or (len(arguments) > len(parameters) and not call.function_type.vararg):
        yield 9, f"{len(arguments)} arguments for {len(parameters)} parameters"
    for number, (parameter, argument) in enumerate(zip(parameters, arguments, strict=False), 1):
        if parameter is not argument.type:
            yield 9, f"argument {number} has type {argument.type}, the parameter {parameter}"
    if call.type is not call.function_type.result:
        yield 9, f"result of type {call.type} from a function that returns {call.function_type.result}"
    callee = call.callee
    if isinstance(callee, Function):
        if callee.function_type is not call.function_type:
            yield 9, f"called as {call.function_type}, but {callee} is {callee.function_type}"
        if callee.calling_convention in KERNEL_CONVENTIONS:
            yield 10, f"kernel {callee} is called like a function"


def _space_problems(instruction: Instruction) -> Iterator[str]:
    if instruction.opcode == "alloca" and getattr(instruction.type, "space", 0) not in (0, LOCAL_SPACE):
        yield f"stack memory in address space {getattr(instruction.type, 'space', 0)}"
    if instruction.opcode == "addrspacecast":
        spaces = [getattr(t, "space", 0) for t in (instruction.operands[0].type, instruction.type)]
        if all(spaces):
            yield f"cast from address space {spaces[0]} to {spaces[1]}: go through generic memory"


def _render(problems: list[Problem]) -> Iterator[str]:
    for function in dict.fromkeys(p.function for p in problems):
        mine = [p for p in problems if p.function is function]
        yield from (f"error: {p}" for p in mine if p.at is None)
        if function is not None and any(p.at is not None for p in mine):
            yield from _annotated(function, mine)


def _annotated(function: Function, problems: list[Problem]) -> Iterator[str]:
    """The function's text, with the problems under the lines they concern."""
    writer = FunctionWriter(function)
    yield f"in function {function}:"
    for block in function.blocks:
        yield f"{writer.names[block][1:]}:"
        yield from _carets(f"{writer.names[block][1:]}:", [p for p in problems if p.at is block])
        for instruction in block.instructions:
            line = writer.line(instruction)
            yield line
            yield from _carets(line, [p for p in problems if p.at is instruction])


def _carets(line: str, problems: list[Problem]) -> Iterator[str]:
    first = line.splitlines()[0]
    indent = len(first) - len(first.lstrip())
    for problem in problems:
        yield " " * indent + "^" * (len(first) - indent)
        yield " " * indent + f"error: {problem}"
