"""Names by CUDA version from cudarc's bindings (`src/<library>/sys/mod.rs`): Rust, each item under the versions that have it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from api_facts.history import Name

_FEATURE = re.compile(r'feature = "cuda-(\d\d)0(\d)0"')
_ITEM = re.compile(r"^(?P<indent> *)pub (?P<word>const|enum|struct|union|type|fn|use) (?:self::\w+ as )?(?P<name>\w+)")
_VALUE = re.compile(r": u32 = (\d+);")
_VARIANT = re.compile(r"^    (?P<name>\w+) = (?P<value>-?\d+),")
_KINDS = {"const": ("macro", ""), "fn": ("function", ""), "enum": ("type", "enumerations"), "struct": ("type", "structures"),
          "union": ("type", "structures"), "type": ("type", "typedefs"), "use": ("type", "typedefs")}


def read(text: str) -> dict[str, Name]:
    """Every name, and the versions that have it."""
    every = {f"{major}.{minor}" for major, minor in _FEATURE.findall(text)}
    found: dict[str, Name] = {}
    for name, kind, group, value, versions in _items(text.partition("\nmod loaded {")[0]):
        known = found.setdefault(name, Name(kind, group))
        known.seen |= versions or every
        if value is not None:
            known.values |= dict.fromkeys(versions or every, value)
    return found


def _items(text: str) -> Iterator[tuple[str, str, str, int | None, set[str]]]:
    """Name, kind, group, value and versions of each item; no versions: all."""
    condition, enum, enum_versions = "", "", set[str]()
    for line in _statements(text):
        if line.lstrip().startswith("#"):
            condition += line
            continue
        versions = {f"{major}.{minor}" for major, minor in _FEATURE.findall(condition)}
        condition = ""
        if match := _ITEM.match(line):
            word, name = match["word"], match["name"]
            if match["indent"] and word == "const":
                yield name, "enumerator", line.partition(": ")[2].partition(" ")[0], None, versions or enum_versions
            elif not match["indent"] or word == "fn":
                value = _VALUE.search(line) if word == "const" else None
                yield name, *_KINDS[word], int(value[1]) if value else None, versions
            enum, enum_versions = (name, versions) if word == "enum" else ("", set())
        elif enum and (match := _VARIANT.match(line)):
            yield match["name"], "enumerator", enum, int(match["value"]), versions or enum_versions
        elif line.startswith("impl "):
            enum, enum_versions = "", versions


def _statements(text: str) -> Iterator[str]:
    """Lines, an attribute of several lines as one."""
    held = ""
    for line in text.splitlines():
        held = f"{held} {line.strip()}" if held else line
        if held.lstrip().startswith("#") and held.count("[") > held.count("]"):
            continue
        yield held
        held = ""
