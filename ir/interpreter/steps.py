"""Makers of steps: for each opcode, a function that prepares an instruction and returns what to do at run time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from crosswarp.ir.constants import CAST_OPCODES, ConstantInt
from crosswarp.ir.instructions import BINARY_OPCODES
from crosswarp.ir.interpreter import values
from crosswarp.ir.interpreter.constants import fill, zero
from crosswarp.ir.interpreter.errors import NotInterpreted, PoisonUse
from crosswarp.ir.interpreter.memory import SHARED_BASE
from crosswarp.ir.operations.memory import update
from crosswarp.ir.semantics import floats
from crosswarp.ir.semantics.integers import signed
from crosswarp.ir.semantics.poison import POISON, UndefinedBehaviour
from crosswarp.ir.types import ArrayType, FloatType, IntType, PointerType, Type, VectorType, struct_of
from crosswarp.ir.values import Value

if TYPE_CHECKING:
    from crosswarp.ir.interpreter.code import Preparer
    from crosswarp.ir.interpreter.threads import Thread

Step = Callable[[list[Any], "Thread"], None]
Edge = tuple[Any, list[tuple[int, int]]]
Terminator = Callable[[list[Any], "Thread"], Edge | None]
RETURNED = 1


def _computed(p: Preparer, i: Any, function: Callable[..., Any]) -> Step:
    """A step that applies `function` to the operands."""
    target, sources = p.slot(i), [p.slot(v) for v in i.operands]
    if len(sources) == 1:
        (only,) = sources

        def one(s: list[Any], t: Thread) -> None:
            s[target] = function(s[only])

        return one
    if len(sources) == 2:
        left, right = sources

        def two(s: list[Any], t: Thread) -> None:
            s[target] = function(s[left], s[right])

        return two

    def many(s: list[Any], t: Thread) -> None:
        s[target] = function(*[s[n] for n in sources])

    return many


def _binary(p: Preparer, i: Any) -> Step:
    return _computed(p, i, values.binary(i.opcode, i.type, i.flags))


def _fneg(p: Preparer, i: Any) -> Step:
    return _computed(p, i, values.lift(values.negate, isinstance(i.type, VectorType)))


def _freeze(p: Preparer, i: Any) -> Step:
    vector, kind = isinstance(i.type, VectorType), i.type

    def frozen(value: Any) -> Any:
        if value is POISON:
            return fill(kind, zero)
        return tuple(0 if v is POISON else v for v in value) if vector else value

    return _computed(p, i, frozen)


def _cast(p: Preparer, i: Any) -> Step:
    return _computed(p, i, values.convert(i.opcode, i.operands[0].type, i.type, p.layout, i.flags))


def _compare(p: Preparer, i: Any) -> Step:
    return _computed(p, i, values.compare(i.opcode, i.predicate, i.operands[0].type, i.flags, p.layout))


def _select(p: Preparer, i: Any) -> Step:
    if isinstance(i.operands[0].type, VectorType):
        def each(c: Any, a: Any, b: Any) -> Any:
            return tuple(POISON if k is POISON else (x if k else y) for k, x, y in zip(c, a, b, strict=True))

        return _computed(p, i, each)
    return _computed(p, i, lambda c, a, b: POISON if c is POISON else (a if c else b))


def _alloca(p: Preparer, i: Any) -> Step:
    target, size, name = p.slot(i), p.layout.size(i.allocated_type), i.name or "a local variable"
    count = p.slot(i.operands[0]) if i.operands else None

    def step(s: list[Any], t: Thread) -> None:
        allocation = t.machine.memory.allocate(size if count is None else size * s[count], name, "local")
        s[0].append(allocation)
        s[target] = allocation.base

    return step


def _generic(pointer: Value) -> int:
    """What to add to a pointer to get the generic address."""
    assert isinstance(pointer.type, PointerType)
    return SHARED_BASE if pointer.type.space == 3 else 0


def _load(p: Preparer, i: Any) -> Step:
    target, source, codec = p.slot(i), p.slot(i.pointer), p.machine.codecs.of(i.type)
    size, read, base, align = codec.size, codec.read, _generic(i.pointer), i.align or 1

    def step(s: list[Any], t: Thread) -> None:
        s[target] = read(*t.locate(s[source], size, base, align))

    return step


def _store(p: Preparer, i: Any) -> Step:
    source, address, codec = p.slot(i.value), p.slot(i.pointer), p.machine.codecs.of(i.value.type)
    size, write, base, align = codec.size, codec.write, _generic(i.pointer), i.align or 1

    def step(s: list[Any], t: Thread) -> None:
        allocation, offset = t.locate_to_write(s[address], size, base, align)
        write(allocation, offset, t.checked_output(s[source], allocation))

    return step


_RMW_KINDS = {"half": "f16", "bfloat": "bf16", "float": "f32", "double": "f64"}


def _change(operation: str, type: Type) -> Callable[[Any, Any], Any]:
    if isinstance(type, FloatType):
        kind = type.kind
        table: dict[str, Callable[[float, float], float]] = {
            "fadd": lambda a, b: floats.add(a, b, kind), "fsub": lambda a, b: floats.sub(a, b, kind), "xchg": lambda a, b: b,
            "fmin": floats.minimum, "fmax": floats.maximum}
        if operation in table:
            return table[operation]
    elif isinstance(type, IntType):
        bits = type.bits
        names = {"xchg": "exch", "umin": "min", "umax": "max", "uinc_wrap": "inc", "udec_wrap": "dec"}
        if operation == "nand":
            return lambda a, b: ~(a & b) & ((1 << bits) - 1)
        if operation in ("add", "sub", "xchg", "and", "or", "xor", "min", "max", "umin", "umax", "uinc_wrap", "udec_wrap"):
            return update(names.get(operation, operation), f"{'i' if operation in ('min', 'max') else 'u'}{bits}")
    elif operation == "xchg":
        return lambda a, b: b
    raise NotInterpreted(f"atomicrmw {operation} {type}")


def _atomicrmw(p: Preparer, i: Any) -> Step:
    target, pointer, operand = p.slot(i), p.slot(i.operands[0]), p.slot(i.operands[1])
    codec, change, base = p.machine.codecs.of(i.type), _change(i.operation, i.type), _generic(i.operands[0])

    def step(s: list[Any], t: Thread) -> None:
        allocation, offset = t.locate_to_write(s[pointer], codec.size, base, codec.size)
        old = s[target] = t.required(codec.read(allocation, offset), "an atomic operation on uninitialised memory")
        codec.write(allocation, offset, change(old, t.required(s[operand], "an atomic operation with poison")))

    return step


def _cmpxchg(p: Preparer, i: Any) -> Step:
    target, (pointer, expected, new) = p.slot(i), [p.slot(v) for v in i.operands]
    codec, base = p.machine.codecs.of(i.operands[1].type), _generic(i.operands[0])

    def step(s: list[Any], t: Thread) -> None:
        allocation, offset = t.locate_to_write(s[pointer], codec.size, base, codec.size)
        old = t.required(codec.read(allocation, offset), "cmpxchg on uninitialised memory")
        same = old == t.required(s[expected], "cmpxchg with poison")
        if same:
            codec.write(allocation, offset, s[new])
        s[target] = (old, int(same))

    return step


def _getelementptr(p: Preparer, i: Any) -> Step:
    if isinstance(i.type, VectorType):
        raise NotInterpreted("getelementptr of vectors")
    target, base = p.slot(i), p.slot(i.operands[0])
    constant, scaled = _offsets(p, i)
    mask = (1 << p.layout.bits(i.type)) - 1

    def step(s: list[Any], t: Thread) -> None:
        address = s[base]
        if address is not POISON:
            address += constant
            for slot, size, bits in scaled:
                index = s[slot]
                if index is POISON:
                    s[target] = POISON
                    return
                address += signed(index, bits) * size
            address &= mask
        s[target] = address

    return step


def _offsets(p: Preparer, i: Any) -> tuple[int, list[tuple[int, int, int]]]:
    """The constant part of an address computation, and (slot, element size, index bits) of the rest."""
    constant, scaled = 0, []
    type_: Type = ArrayType(0, i.source_type)
    for index in i.operands[1:]:
        if isinstance(index, ConstantInt):
            type_, delta = p.layout.step(type_, index.value)
            constant += delta
        else:
            type_, size = p.layout.step(type_, 1)
            scaled.append((p.slot(index), size, index.type.bits))
    return constant, scaled


def _extract_element(p: Preparer, i: Any) -> Step:
    def pick(vector: Any, index: Any) -> Any:
        if vector is POISON or index is POISON or index >= len(vector):
            return POISON
        return vector[index]

    return _computed(p, i, pick)


def _insert_element(p: Preparer, i: Any) -> Step:
    count = i.type.count

    def put(vector: Any, value: Any, index: Any) -> Any:
        if index is POISON or index >= count:
            return (POISON,) * count
        old = (POISON,) * count if vector is POISON else vector
        return (*old[:index], value, *old[index + 1 :])

    return _computed(p, i, put)


def _shuffle_vector(p: Preparer, i: Any) -> Step:
    count = i.operands[0].type.count

    def shuffle(a: Any, b: Any, mask: Any) -> Any:
        both = (*((POISON,) * count if a is POISON else a), *((POISON,) * count if b is POISON else b))
        return tuple(POISON if n is POISON else both[n] for n in mask)

    return _computed(p, i, shuffle)


def _extract_value(p: Preparer, i: Any) -> Step:
    path = i.indices

    def pick(value: Any) -> Any:
        for index in path:
            value = POISON if value is POISON else value[index]
        return value

    return _computed(p, i, pick)


def _insert_value(p: Preparer, i: Any) -> Step:
    path, kind = i.indices, i.type

    def put(whole: Any, value: Any, path: tuple[int, ...] = path, kind: Type = kind) -> Any:
        if not path:
            return value
        fields = struct_of(kind).fields if not isinstance(kind, ArrayType) else (kind.element,) * kind.count
        parts = list(whole) if whole is not POISON else [fill(f, lambda _: POISON) for f in fields]
        parts[path[0]] = put(parts[path[0]], value, path[1:], fields[path[0]])
        return tuple(parts)

    return _computed(p, i, put)


def _nothing(p: Preparer, i: Any) -> Step:
    return lambda s, t: None


STEP_MAKERS: dict[str, Callable[[Preparer, Any], Step]] = {
    **dict.fromkeys(BINARY_OPCODES, _binary), **dict.fromkeys(CAST_OPCODES, _cast), "fneg": _fneg, "freeze": _freeze,
    "icmp": _compare, "fcmp": _compare, "select": _select, "alloca": _alloca, "load": _load, "store": _store,
    "atomicrmw": _atomicrmw, "cmpxchg": _cmpxchg, "getelementptr": _getelementptr, "extractelement": _extract_element,
    "insertelement": _insert_element, "shufflevector": _shuffle_vector, "extractvalue": _extract_value,
    "insertvalue": _insert_value, "fence": _nothing,
}


def make_terminator(p: Preparer, i: Any) -> Terminator:
    """The function that ends a block: gives the edge taken, or None to return."""
    makers: dict[str, Callable[[Preparer, Any], Terminator]] = {"br": _br, "switch": _switch, "ret": _ret,
                                                               "unreachable": _unreachable}
    if i.opcode not in makers:
        raise NotInterpreted(f"instruction {i.opcode}")
    return makers[i.opcode](p, i)


def _br(p: Preparer, i: Any) -> Terminator:
    edges = [p.edge(i.parent, target) for target in i.successors()]
    if i.condition is None:
        (only,) = edges
        return lambda s, t: only
    condition, (if_true, if_false) = p.slot(i.condition), edges

    def branch(s: list[Any], t: Thread) -> Edge:
        chosen = s[condition]
        if chosen is POISON:
            raise PoisonUse("branch on poison or an uninitialised value")
        return if_true if chosen else if_false

    return branch


def _switch(p: Preparer, i: Any) -> Terminator:
    value, default = p.slot(i.value), p.edge(i.parent, i.default)
    cases = {p.machine.constants.value(constant): p.edge(i.parent, block) for constant, block in i.cases}

    def choose(s: list[Any], t: Thread) -> Edge:
        if s[value] is POISON:
            raise PoisonUse("switch on poison or an uninitialised value")
        return cases.get(s[value], default)

    return choose


def _ret(p: Preparer, i: Any) -> Terminator:
    if not i.operands:
        return lambda s, t: None
    source = p.slot(i.operands[0])

    def give(s: list[Any], t: Thread) -> None:
        s[RETURNED] = s[source]

    return give


def _unreachable(p: Preparer, i: Any) -> Terminator:
    def stop(s: list[Any], t: Thread) -> Edge:
        raise UndefinedBehaviour("unreachable code is reached")

    return stop
