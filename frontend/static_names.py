"""Names of static variables in the portable IR of a device pass: what other parts, or the program, call them."""

from __future__ import annotations

import re

_STATIC = re.compile(r"^@_ZL(\d+)(\w+) = internal (addrspace\([14]\)) (global|constant) ", re.M)


def with_one_name(text: str) -> str:
    """Portable IR in which a file's static variables have one name.

    clang gives a static variable that host code uses a name of the file's own, `x__static__<cuid>`, but what it compiled before it
    saw that use still calls it `x`, as if another file defined it.
    """
    suffixed = dict(re.findall(r"^@(([\w.$]+)__static__\w+) = (?!external)", text, re.M))
    names = {plain: full for full, plain in suffixed.items()}
    early = [name for name in re.findall(r"^@([\w.$]+) = external ", text, re.M) if name in names]
    for name in early:
        text = re.sub(rf"^@{re.escape(name)} = external .*\n", "", text, flags=re.M)
        text = re.sub(rf"@{re.escape(name)}(?![\w.$])", lambda _, full=names[name]: f"@{full}", text)  # type: ignore[misc]
    return text


def with_plain_names(text: str) -> str:
    r"""Portable IR in which a program finds static variables outside namespaces by their names (`cuModuleGetGlobal`).

    NVIDIA's compiler does not mangle them, and a module that a program loads has no other way to tell. The program may write them
    before a launch: their initial values are not for the optimiser.

    >>> with_plain_names('@_ZL1x = internal addrspace(4) constant i32 3, align 4\n  load i32, ptr addrspace(4) @_ZL1x\n')
    '@x = addrspace(4) externally_initialized constant i32 3, align 4\n  load i32, ptr addrspace(4) @x\n'
    """
    names = {f"_ZL{length}{name}": name for length, name, _, _ in _STATIC.findall(text) if int(length) == len(name)}
    names = {mangled: name for mangled, name in names.items() if not re.search(rf"@{name}(?![\w.$])", text)}
    if not names:
        return text
    text = _STATIC.sub(lambda match: _exposed(match) if f"_ZL{match[1]}{match[2]}" in names else match[0], text)
    return re.sub(r"@(_ZL\w+)(?![\w.$])", lambda match: f"@{names.get(match[1], match[1])}", text)


def _exposed(match: re.Match[str]) -> str:
    return f"@_ZL{match[1]}{match[2]} = {match[3]} externally_initialized {match[4]} "
