"""What the table says about an operation: types, effects, uniformity, meaning, and how the interpreter evaluates it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, Flag, auto
from typing import TYPE_CHECKING, Any

from crosswarp.ir.types import PointerType, StructType, Type

if TYPE_CHECKING:
    from crosswarp.ir.instructions import Call

Evaluate = Callable[..., Any]
"""(thread, *operands) -> result. A convergent operation returns a request (`operations.requests`) instead."""


class Effects(Flag):
    """What an operation does besides computing its result. `PURE` may be moved, repeated and dropped."""

    PURE = 0
    READ = auto()
    WRITE = auto()
    CONVERGENT = auto()
    FENCE = auto()
    NORETURN = auto()
    SERVICE = auto()
    """Reaches the host or a clock: output, heap, time."""


PURE, READ, WRITE, CONVERGENT, FENCE, NORETURN, SERVICE = (
    Effects.PURE, Effects.READ, Effects.WRITE, Effects.CONVERGENT, Effects.FENCE, Effects.NORETURN, Effects.SERVICE)


class Uniformity(Enum):
    """When all threads of a warp get the same result."""

    GRID = "the same for the whole grid"
    BLOCK = "the same for a block"
    WARP = "the same for the threads of a warp that take part together"
    OPERANDS = "if the operands are"
    NEVER = "not to be assumed"


GRID, BLOCK, WARP, OPERANDS, NEVER = Uniformity


@dataclass(frozen=True)
class Operation:
    """One operation. A `name` that ends with `*` stands for all overloads (`llvm.memcpy.*`).

    `result` and `parameters` are type texts; `T`, `U` stand for any one type, `P` for any pointer, `...` for the rest.
    `bind` makes the evaluator for a call when it depends on the call's types. Without `evaluate` and `bind` the
    interpreter reports the operation as unsupported. `elementwise`: on vectors, element by element.
    """

    name: str
    result: str
    parameters: tuple[str, ...]
    effects: Effects
    uniformity: Uniformity
    meaning: str
    evaluate: Evaluate | None = None
    bind: Callable[[Call], Evaluate] | None = None
    elementwise: bool = False
    sees_poison: bool = False

    def accepts(self, result: Type, parameters: tuple[Type, ...]) -> bool:
        """Whether these types are an instance of the signature."""
        free: dict[str, Type] = {}
        wanted = self.parameters
        if wanted[-1:] == ("...",):
            wanted, parameters = wanted[:-1], parameters[: len(wanted) - 1]
        pairs = [(self.result, result), *zip(wanted, parameters, strict=False)]
        return len(wanted) == len(parameters) and all(_fits(text, type_, free) for text, type_ in pairs)


def _fits(text: str, type: Type, free: dict[str, Type]) -> bool:
    if text in ("T", "U", "V"):
        return free.setdefault(text, type) is type
    if text == "P":
        return isinstance(type, PointerType)
    if text.startswith("{") and isinstance(type, StructType):
        parts = [p.strip() for p in text.strip("{} ").split(",")]
        return len(parts) == len(type.fields) and all(_fits(p, f, free) for p, f in zip(parts, type.fields, strict=True))
    return text == type.text


_SIGNATURE = re.compile(r"(.*?) \((.*)\)\Z")


def family(template: str, signature: str, effects: Effects, uniformity: Uniformity, meaning: str,  # noqa: PLR0917
           evaluate: Callable[..., Evaluate] | None = None, **choices: str) -> list[Operation]:
    """One operation per combination of `choices` (space-separated words), put into the `{fields}` of the texts.

    `evaluate` is called with the chosen words and gives the evaluator.
    """
    made = []
    for combination in itertools.product(*(words.split() for words in choices.values())):
        chosen = dict(zip(choices, combination, strict=True))
        function = evaluate(**chosen) if evaluate is not None else None
        fields = chosen | {"type": _TYPES.get(chosen.get("kind", ""), "")}
        made.append(operation(template.format(**fields), _format(signature, fields), effects, uniformity,
                              meaning.format(**fields), function))
    return made


def _format(signature: str, fields: dict[str, str]) -> str:
    """Fill fields without tripping over the braces of struct types."""
    for field, text in fields.items():
        signature = signature.replace(f"{{{field}}}", text)
    return signature


def operation(name: str, signature: str, effects: Effects, uniformity: Uniformity, meaning: str,  # noqa: PLR0917
              evaluate: Evaluate | None = None, **options: Any) -> Operation:
    """One operation; `signature` is `result (parameters)`."""
    match = _SIGNATURE.match(signature)
    assert match is not None, signature
    parameters = tuple(p for p in _split(match[2]) if p)
    return Operation(name, match[1], parameters, effects, uniformity, meaning, evaluate, **options)


def _split(text: str) -> list[str]:
    """Parameters; commas inside `< >` and `{ }` do not separate."""
    return [p.strip() for p in re.split(r",(?![^<{]*[>}])", text)]


_TYPES = {"i8": "i8", "i16": "i16", "i32": "i32", "u32": "i32", "i64": "i64", "u64": "i64", "i128": "i128", "f16": "half",
          "bf16": "bfloat", "f32": "float", "f64": "double", "v2f16": "<2 x half>", "v2bf16": "<2 x bfloat>",
          "v2i8": "<2 x i8>", "v4i8": "<4 x i8>", "v2i16": "<2 x i16>", "v4i16": "<4 x i16>", "v2i32": "<2 x i32>",
          "v4i32": "<4 x i32>", "v2i64": "<2 x i64>", "v2f32": "<2 x float>", "v4f32": "<4 x float>", "v2f64": "<2 x double>"}
FLOAT_KINDS = {"f16": "half", "bf16": "bfloat", "f32": "float", "f64": "double", "f": "float", "d": "double"}
