"""Loads and stores. Source: PTX ISA 8.8, `ld`, `ld.global.nc`, `ldu`, `st`, "Cache Operators", "Memory Consistency Model".

Cache operators, eviction priorities, prefetch sizes and cache policies are hints. `.cg .cs .lu .cv .wt` ask for what the headers'
`__ldcg` and its family ask for, which is more than PTX promises: programs let blocks talk through them.
"""

from __future__ import annotations

from crosswarp.ir.constants import Keyword
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.form import Form, Use, forms
from crosswarp.ir.types import VOID, IntType, Type, VectorType
from crosswarp.ir.values import Value

SCOPES = {"cta": "cta", "cluster": "gpu", "gpu": "gpu", "sys": "sys"}
SCOPE = "(.cta|.cluster|.gpu|.sys)"
SHARED = "(.shared|.shared::cta|.shared::cluster)"
_GLOBAL = "(|.global)"
_OWN = ".shared|.shared::cta|.shared::cluster|.local"
_READ_ONLY = ".const|.param|.param::entry|.param::func"
_L1_HINT = "(.L1::evict_normal|.L1::evict_unchanged|.L1::evict_first|.L1::evict_last|.L1::no_allocate)"
_L1 = f"[{_L1_HINT}]"
_L2 = "(|.L2::evict_normal|.L2::evict_first|.L2::evict_last)"
_FETCH = "(|.L2::64B|.L2::128B|.L2::256B)"
_LOAD_CACHE, _STORE_CACHE = "(|.ca|.cg|.cs|.lu|.cv)", "(|.wb|.cg|.cs|.wt)"
_BYPASSING = ("cg", "cv", "wt")
_HINTED = ("cg", "cs", "lu", "cv", "wt")
_MOST_BITS = 128


def _memory_type(t: Use) -> Type:
    """What is moved at once; 128 bits as two words, which every target moves with one instruction."""
    count, bits = t.vector, t.bits
    if bits == _MOST_BITS:
        count, bits = 2, 64
    return VectorType(count, IntType(bits)) if count > 1 else IntType(bits)


def _suffix(kind: Type) -> str:
    return f"v{kind.count}{kind.element}" if isinstance(kind, VectorType) else str(kind)


def _parts(e: Emitter, t: Use, value: Value) -> tuple[Value, ...]:
    return (value,) if t.vector == 1 else tuple(e.builder.extractelement(value, n) for n in range(t.vector))


def _whole(e: Emitter, t: Use, values: tuple[Value, ...]) -> Value:
    kind = _memory_type(t)
    if t.vector == 1:
        return e.builder.cast("bitcast", values[0], kind)
    whole: Value = Keyword(kind, "poison")
    for number, value in enumerate(values):
        whole = e.builder.insertelement(whole, e.builder.cast("bitcast", value, IntType(t.bits)), number)
    return whole


def _scope(t: Use) -> str:
    return SCOPES[t.pick(*SCOPES)]


def _load(e: Emitter, t: Use, pointer: Value, policy: Value | None = None) -> tuple[Value, ...]:
    kind, order = _memory_type(t), t.pick("relaxed", "acquire")
    cache = t.pick(*_HINTED)
    if order and isinstance(kind, IntType):
        value = e.effect(f"__cw.atom.load.{order}.{_scope(t)}.{kind}", kind, e.generic(pointer))
    elif cache and t.space == "global" and t.vector * t.bits <= _MOST_BITS:
        value = e.effect(f"__cw.ld.{cache}.{_suffix(kind)}", kind, e.generic(pointer))
    else:
        value = e.builder.load(kind, pointer, align=t.vector * t.bits // 8, volatile=bool(order) or _is_volatile(t))
        if order == "acquire":
            e.effect(f"__cw.fence.acquire.{_scope(t)}", VOID)
    return _parts(e, t, value)


def store(e: Emitter, t: Use, pointer: Value, values: tuple[Value, ...], policy: Value | None = None) -> None:
    """`st`: the values lie one after the other."""
    kind, order = _memory_type(t), t.pick("relaxed", "release")
    whole, cache = _whole(e, t, values), t.pick(*_HINTED)
    if order and isinstance(kind, IntType):
        e.effect(f"__cw.atom.store.{order}.{_scope(t)}.{kind}", VOID, e.generic(pointer), whole)
    elif cache and t.space == "global" and t.vector * t.bits <= _MOST_BITS:
        e.effect(f"__cw.st.{cache}.{_suffix(kind)}", VOID, e.generic(pointer), whole)
    else:
        if order == "release":
            e.effect(f"__cw.fence.release.{_scope(t)}", VOID)
        e.builder.store(whole, pointer, align=t.vector * t.bits // 8, volatile=bool(order) or _is_volatile(t))


def _is_volatile(t: Use) -> bool:
    """A vector or a generic address with an order or an operator that other blocks' threads see through."""
    return "volatile" in t or bool(t.space == "generic" and t.pick(*_BYPASSING))


_ANY = (("(|.v2)", (8, 16, 32, 64)), (".v4", (8, 16, 32)), ("", (128,)))
_SCALAR = (("", (8, 16, 32, 64)), ("", (128,)))
_WIDE = ((".v8", (32,)), (".v4", (64,)))
_Shapes = tuple[tuple[str, tuple[int, ...]], ...]


def _typed(template: str, shapes: _Shapes, *, sm: int = 20, policy: bool = False) -> list[Form]:
    """A mnemonic with its vectors and types. Integers may lie in wider registers, floats may not."""
    made: list[Form] = []
    stores = template.startswith("st")
    for vector, widths in shapes:
        integers = " ".join(f"{kind}{w}" for w in widths for kind in ("b" if w == _MOST_BITS else "bus"))
        floats = " ".join(f"f{w}" for w in widths if w in (32, 64))
        for types, word in ((integers, "~T*"), (floats, "T*")):
            signature = (f"= [] {word}" if stores else f"{word} = []") + (" b64" if policy else "")
            if types:
                made += forms(f"{template}{vector}.T", types, signature, store if stores else _load, effects=True, sm=sm)
    return made


def _hinted(head: str, hints: str, fetch: str, shapes: _Shapes, sm: int = 20) -> list[Form]:
    """Global or generic memory: with a cache policy as one more operand, and without."""
    return [*_typed(head + hints + fetch, shapes, sm=sm),
            *_typed(f"{head}{hints}.L2::cache_hint{fetch}", shapes, sm=max(sm, 80), policy=True)]  # fmt: skip


def _accesses(name: str, caches: str, fetch: str, orders: str, own_spaces: str) -> list[Form]:
    """`ld` or `st`: weak with cache operators or priorities, ordered, volatile, and of memory-mapped devices."""
    weak, ordered = f"{name}[.weak]", f"{name}({orders}){SCOPE}"
    made = _typed(f"{weak}{own_spaces}{caches}", _ANY)
    made += _hinted(f"{weak}{_GLOBAL}", caches, fetch, _ANY) + _hinted(f"{weak}{_GLOBAL}", _L1_HINT, fetch, _ANY, 70)
    made += _typed(f"{ordered}{SHARED}", _ANY, sm=70) + _hinted(f"{ordered}{_GLOBAL}", _L1, fetch, _ANY, 70)
    for head in (weak, ordered):
        made += _hinted(f"{head}{_GLOBAL}", _L1 + _L2, fetch, _WIDE, 100)
    made += _typed(f"{name}.volatile{_GLOBAL}{fetch}", _ANY) + _typed(f"{name}.volatile{SHARED}", _ANY)
    return made + _typed(f"{name}.mmio.relaxed.sys{_GLOBAL}", _SCALAR, sm=70)


FORMS = [
    *_accesses("ld", _LOAD_CACHE, _FETCH, ".relaxed|.acquire", f"({_OWN}|{_READ_ONLY})"),
    *_accesses("st", _STORE_CACHE, "", ".relaxed|.release", f"({_OWN}|.param|.param::func)"),
    *_hinted("ld.global", "(|.ca|.cg|.cs).nc", _FETCH, _ANY, 32),
    *_hinted("ld.global.nc", _L1_HINT, _FETCH, _ANY, 70),
    *_hinted("ld.global.nc", _L1 + _L2, _FETCH, _WIDE, 100),
    *_typed("ldu(|.global)", _ANY),
]
