"""What CUDA declares for device code, and sources that use each of it: device_functions.toml, expanded.

`probe_source` makes a `.cu` with one kernel a family that calls every function with arguments of exactly the declared types and
asserts the type of the result, so that a compiler says what is not there, and a linker what is not defined.
"""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).with_name("device_functions.toml")
_CHOICE = re.compile(r"\{([^{}]*)\}")
_SIGNATURE = re.compile(r"(?P<result>.+?)\s*\b(?P<name>\w+(?:<\w+>)?)\((?P<parameters>.*)\)")
_HEAD = """\
template <class T>
__device__ T at(char *p) {
  return *(T *)p;
}
template <class Expected, class T>
__device__ void put(char *p, T value) {
  static_assert(std::is_same<Expected, T>::value, "type of the result");
  *(T *)p = value;
}
"""


@dataclass(frozen=True)
class Signature:
    """One function: C++ type of the result, name (`tex2D<float>`), C++ types of the parameters; a parameter that must be a literal
    is its value.
    """

    result: str
    name: str
    parameters: tuple[str, ...]

    def call(self) -> str:
        """A statement that calls it with values read from `char *p` and keeps the result there."""
        call = f"{self.name}({', '.join(p if p[0].isdigit() else f'at<{p}>(p)' for p in self.parameters)})"
        return f"{call};" if self.result == "void" else f"put<{self.result}>(p, {call});"


@dataclass(frozen=True)
class Family:
    """Names that belong together. `since`: the first compute capability times 10; `without`: targets that reject the calls."""

    name: str
    since: int
    headers: tuple[str, ...]
    without: tuple[str, ...]
    signatures: tuple[Signature, ...]
    types: tuple[str, ...]
    macros: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Every name once."""
        return tuple(dict.fromkeys([s.name.partition("<")[0] for s in self.signatures] + [*self.types, *self.macros]))


def families(table: Path = TABLE) -> list[Family]:
    """The table in its order."""
    return [_family(record) for record in tomllib.loads(table.read_text())["family"]]


def probe_source(chosen: Iterable[Family]) -> str:
    """A translation unit that uses everything of these families; kernels are named `probe_0`, `probe_1`, ..."""
    chosen = list(chosen)
    headers = dict.fromkeys(["alloca.h", "cstring", "type_traits", *(h for family in chosen for h in family.headers)])
    parts = ["".join(f"#include <{header}>\n" for header in headers), _HEAD]
    for number, family in enumerate(chosen):
        parts += [f"#ifndef {macro}\n#error {macro}\n#endif" for macro in family.macros]
        lines = [f"  {s.call()}" for s in family.signatures]
        lines += [f"  put<{name}>(p, at<{name}>(p));" for name in family.types]
        parts.append(f"// {family.name}\n__global__ void probe_{number}(char *p) {{\n" + "\n".join(lines) + "\n}")
    return "\n".join(parts) + "\n"


def _family(record: dict[str, object]) -> Family:
    def lines(key: str) -> tuple[str, ...]:
        return tuple(one for line in str(record.get(key, "")).split("\n") if line for one in _expanded(line))

    def strings(key: str) -> tuple[str, ...]:
        value = record.get(key, [])
        assert isinstance(value, list)
        return tuple(value)

    since = record.get("since", 50)
    assert isinstance(since, int)
    signatures = tuple(_signature(line) for line in lines("signatures"))
    return Family(str(record["name"]), since, strings("headers"), strings("without"), signatures, lines("types"), lines("macros"))


def _signature(text: str) -> Signature:
    match = _SIGNATURE.fullmatch(text)
    assert match, text
    parameters = [p.strip() for p in match["parameters"].split(",") if p.strip()]
    return Signature(match["result"].strip(), match["name"], tuple(parameters))


def _expanded(line: str) -> Iterator[str]:
    """Every line that a pattern stands for."""
    pattern, _, values = line.partition(" : ")
    for value in values.split("|") if values else [""]:
        key, _, replacement = value.strip().partition("=")
        with_types = pattern.replace("$", key).replace("%", replacement or key)
        pieces = _CHOICE.split(with_types)
        choices = [piece.split("|") if i % 2 else [piece] for i, piece in enumerate(pieces)]
        yield from ("".join(chosen) for chosen in itertools.product(*choices))
