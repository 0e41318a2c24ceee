"""Names of one CUDA version from PyPI's cuda-bindings (before 12.8: cuda-python), as JSON on the standard output.

    PYTHONPATH=<folder of `pip install --target`> python scripts/api_facts/bindings.py > 13.5.json

The wheels are NVIDIA's; only names, values and the mark "[Deprecated]" of their documentation are looked at. `read` puts the
outputs of several versions together.
"""

from __future__ import annotations

import importlib
import json
import re
from pathlib import Path
from types import ModuleType
from typing import Any

from api_facts.history import Name, order

LIBRARIES = {"runtime": "cudart", "driver": "cuda", "nvrtc": "nvrtc"}
COMPLETE_FROM = "12.9"
"""Versions before it bind only a part of the API: what they lack says nothing."""
_DEPRECATED = re.compile(r"\[Deprecated\](?:.{0,80}?as of CUDA (\d+\.\d+))?", re.S)


def _module(name: str, old: str) -> ModuleType:
    try:
        return importlib.import_module(f"cuda.bindings.{name}")
    except ModuleNotFoundError:
        return importlib.import_module(f"cuda.{old}")


def _deprecated(value: object) -> str:
    """A version, `yes`, `no`, or nothing where it has no documentation."""
    match = _DEPRECATED.search(value.__doc__ or "")
    return (match[1] or "yes") if match else "no" if value.__doc__ else ""


def _described(value: Any) -> dict[str, Any] | None:
    """Kind, and what belongs to it."""
    if isinstance(value, type):
        if members := getattr(value, "__members__", None):
            own = [member for member in members.values() if member.__doc__ != value.__doc__]
            marks = {member.name: _deprecated(member) for member in own}  # a second name of a value has none
            values = {name: [int(member), marks.get(name, "")] for name, member in members.items()}
            return {"kind": "enum", "values": values}
        fields = [name for name in dir(value) if not name.startswith("_") and name != "getPtr"]
        return {"kind": "struct" if fields else "type"}
    if callable(value):
        return {"kind": "function", "deprecated": _deprecated(value)}
    return {"kind": "macro", "value": int(value)} if isinstance(value, int) else None


def names_here() -> dict[str, dict[str, Any]]:
    """Library to name to what it is, of the installed version."""
    found = {}
    for library, old in LIBRARIES.items():
        items = vars(_module(library, old)).items()
        described = {name: _described(value) for name, value in items if not name.startswith(("_", "anon_"))}
        found[library] = {name: about for name, about in described.items() if about}
    return found


def read(folder: Path, library: str) -> dict[str, Name]:
    """Every name of the `<version>.json` files in the folder; `values` tells an enumerator's or macro's value by version."""
    found: dict[str, Name] = {}
    unmarked: set[str] = set()
    for version in sorted((path.stem for path in folder.glob("*.json")), key=order):
        about_names = json.loads((folder / f"{version}.json").read_text(encoding="utf-8"))[library]
        for name, kind, group, value, mark in _flat(about_names):
            known = found.setdefault(name, Name(kind, group=group))
            if mark == "no":
                unmarked.add(name)
            elif mark and not known.deprecated:
                known.deprecated = mark if mark != "yes" else version if name in unmarked else ""
            known.seen.add(version)
            if value is not None:
                known.values[version] = value
    return found


def _flat(about_names: dict[str, Any]) -> list[tuple[str, str, str, int | None, str]]:
    """Name, kind, group, value and mark of everything, enumerators among it: their group is their enumeration."""
    sorts = {"enum": "enumerations", "struct": "structures", "type": "typedefs"}
    flat: list[tuple[str, str, str, int | None, str]] = []
    for name, about in about_names.items():
        kind = about["kind"]
        flat += [(member, "enumerator", name, value, mark) for member, (value, mark) in about.get("values", {}).items()]
        flat.append((name, "type" if kind in sorts else kind, sorts.get(kind, ""), about.get("value"), about.get("deprecated", "")))
    return flat


if __name__ == "__main__":
    print(json.dumps(names_here()))
