"""Memory: atomics, cache-hinted and read-only access, questions about address spaces, the device heap."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crosswarp.ir.operations.record import (
    _TYPES,
    FLOAT_KINDS,
    NEVER,
    OPERANDS,
    PURE,
    READ,
    SERVICE,
    WRITE,
    Evaluate,
    family,
    operation,
)
from crosswarp.ir.semantics import floats
from crosswarp.ir.semantics.integers import signed

_ORDERS = "relaxed acquire release acq_rel seq_cst"
_SCOPES = "cta gpu sys"
_ATOMICS = {
    "add": "i32 i64 u32 u64 f32 f64 f16 bf16 v2f16 v2bf16", "sub": "i32 i64 u32 u64", "exch": "i32 i64 u32 u64 i128 f32 f64",
    "min": "i32 u32 i64 u64", "max": "i32 u32 i64 u64", "inc": "u32", "dec": "u32", "and": "i32 i64 u32 u64",
    "or": "i32 i64 u32 u64", "xor": "i32 i64 u32 u64",
}


def _by_sign(choose: Callable[..., Any], kind: str) -> Callable[[Any, Any], Any]:
    bits = int(kind[1:])
    if kind[0] == "u":
        return choose
    return lambda old, new: choose(old, new, key=lambda v: signed(v, bits))


def update(op: str, kind: str) -> Callable[[Any, Any], Any]:
    """The function (old, operand) -> new of an atomic operation."""
    base = kind.removeprefix("v2")
    if base in FLOAT_KINDS and op == "add":
        name = FLOAT_KINDS[base]
        if kind != base:
            return lambda old, new: tuple(floats.add(a, b, name) for a, b in zip(old, new, strict=True))
        return lambda old, new: floats.add(old, new, name)
    mask = (1 << int(kind.strip("iufbv"))) - 1
    simple: dict[str, Callable[[Any, Any], Any]] = {
        "add": lambda old, new: old + new & mask, "sub": lambda old, new: old - new & mask, "exch": lambda old, new: new,
        "and": lambda old, new: old & new, "or": lambda old, new: old | new, "xor": lambda old, new: old ^ new,
        "inc": lambda old, new: 0 if old >= new else old + 1,
        "dec": lambda old, new: new if old == 0 or old > new else old - 1,
    }
    return simple[op] if op in simple else _by_sign({"min": min, "max": max}[op], kind)


def _atomic(op: str, order: str, scope: str, kind: str) -> Evaluate:
    change, type_ = update(op, kind), _TYPES[kind]

    def run(t: Any, address: int, operand: Any) -> Any:
        old = t.load(type_, address)
        t.store(type_, address, change(old, operand))
        return old

    return run


def _cas(order: str, scope: str, kind: str) -> Evaluate:
    type_ = _TYPES[kind]

    def run(t: Any, address: int, expected: int, desired: int) -> int:
        old: int = t.load(type_, address)
        if old == expected:
            t.store(type_, address, desired)
        return old

    return run


def _atomic_load(order: str, scope: str, kind: str) -> Evaluate:
    return lambda t, address: t.load(_TYPES[kind], address)


def _atomic_store(order: str, scope: str, kind: str) -> Evaluate:
    return lambda t, address, value: t.store(_TYPES[kind], address, value)


def _load(cache: str, kind: str) -> Evaluate:
    return lambda t, address: t.load(_TYPES[kind], address)


def _store(cache: str, kind: str) -> Evaluate:
    return lambda t, address, value: t.store(_TYPES[kind], address, value)


def _bound_load(call: Any) -> Evaluate:
    return lambda t, address, align: t.load(call.type.text, address)


def _in_space(space: str) -> Evaluate:
    return lambda t, address: int(t.space_of(address) == space)


_VALUES = "i8 i16 i32 i64 f32 f64 v2i8 v4i8 v2i16 v4i16 v2i32 v4i32 v2i64 v2f32 v4f32 v2f64"
OPERATIONS = [
    *(o for op, kinds in _ATOMICS.items() for o in family(
        "__cw.atom.{op}.{order}.{scope}.{kind}", "{type} (ptr, {type})", READ | WRITE, NEVER,
        "atomic {op}, {order}, scope {scope}; returns the old value", _atomic, op=op, order=_ORDERS, scope=_SCOPES, kind=kinds)),
    *family("__cw.atom.cas.{order}.{scope}.{kind}", "{type} (ptr, {type}, {type})", READ | WRITE, NEVER,
            "atomic compare and swap: (pointer, expected, desired); returns the old value", _cas,
            order=_ORDERS, scope=_SCOPES, kind="i16 i32 i64 i128 u32 u64"),
    *family("__cw.atom.load.{order}.{scope}.{kind}", "{type} (ptr)", READ | WRITE, NEVER, "atomic load, {order}, scope {scope}",
            _atomic_load, order="relaxed acquire", scope=_SCOPES, kind="i8 i16 i32 i64"),
    *family("__cw.atom.store.{order}.{scope}.{kind}", "void (ptr, {type})", READ | WRITE, NEVER,
            "atomic store, {order}, scope {scope}", _atomic_store, order="relaxed release", scope=_SCOPES, kind="i8 i16 i32 i64"),
    *family("__cw.ld.nc.{kind}", "{type} (ptr)", READ, OPERANDS, "__ldg: load of memory that the kernel does not change",
            lambda kind: _load("nc", kind), kind=_VALUES),
    *family("__cw.ld.{cache}.{kind}", "{type} (ptr)", READ, OPERANDS, "load with cache hint {cache}", _load,
            cache="ca cg cs lu cv", kind=_VALUES),
    *family("__cw.st.{cache}.{kind}", "void (ptr, {type})", WRITE, OPERANDS, "store with cache hint {cache}", _store,
            cache="wb cg cs wt", kind=_VALUES),
    *(operation(f"llvm.nvvm.{name}.global.{letter}.*", "T (P, i32)", READ, OPERANDS,
                "load of memory that the kernel does not change", bind=_bound_load)
      for name in ("ldg", "ldu") for letter in "ifp"),
    *family("llvm.nvvm.isspacep.{space}", "i1 (ptr)", PURE, OPERANDS, "whether a generic address is in {space} memory",
            _in_space, space="global shared local const"),
    operation("llvm.nvvm.isspacep.shared.cluster", "i1 (ptr)", PURE, OPERANDS, "whether it is in shared memory of the cluster",
              lambda t, address: int(t.space_of(address) == "shared")),
    # Only PTX gives kernel parameters an address space of their own.
    operation("__cw.isspacep.param", "i32 (ptr)", PURE, OPERANDS, "whether a generic address is that of a kernel parameter"),
    operation("__cw.cvta.to.param", "i64 (ptr)", PURE, OPERANDS, "address of a kernel parameter within its address space"),
    operation("__cw.cvta.from.param", "ptr (i64)", PURE, OPERANDS, "generic address of a kernel parameter"),
    operation("__cw.child.parameters", "ptr (i64, i64)", READ | WRITE | SERVICE, NEVER,
              "memory for the parameters of a kernel that device code launches: alignment, bytes"),
    operation("__cw.child.launch", "i32 (ptr, ptr, i32, i32, i32, i32, i32, i32, i32, i64)", READ | WRITE | SERVICE, NEVER,
              "launch from device code: kernel, parameters, grid, block, dynamic shared bytes, stream"),
    operation("__cw.child.copy", "i32 (ptr, ptr, i64, i64, i64, i64)", READ | WRITE | SERVICE, NEVER,
              "copy in the order of the block's launches: to, from, pitches, width, height"),
    operation("__cw.child.fill", "i32 (ptr, i32, i64, i64, i64)", READ | WRITE | SERVICE, NEVER,
              "fill in the order of the block's launches: to, byte, pitch, width, height"),
    operation("__cw.child.wait", "i32 ()", READ | WRITE | SERVICE, NEVER, "wait for what the block has launched"),
    operation("__cw.child.error", "i32 (i32)", READ | WRITE | SERVICE, NEVER, "last error of such calls; whether to clear it"),
    operation("__cw.malloc", "ptr (i64)", READ | WRITE | SERVICE, NEVER, "memory of the device heap, or null",
              lambda t, size: t.allocate_heap(size)),
    operation("__cw.free", "void (ptr)", READ | WRITE | SERVICE, NEVER, "give memory of the device heap back",
              lambda t, address: t.free_heap(address)),
]
