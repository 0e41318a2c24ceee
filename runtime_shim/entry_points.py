"""The runtime's entry points as jumps through a table (`entries/one_runtime.cpp` says why).

In the linked object `cudaMalloc` becomes the hidden `__cw_own_cudaMalloc`; an assembly text defines `cudaMalloc` and the table.
"""

from __future__ import annotations

import hashlib
import re
import struct

_ENTRY = re.compile(rb"(__)?cuda\w+|__cw_internal_api")
# They say nothing of a device, or do not return an error.
_WITHOUT_DEVICE = {"cudaGetErrorName", "cudaGetErrorString", "cudaRuntimeGetVersion", "cudaCreateChannelDesc", "__cw_internal_api"}
_SECTION = struct.Struct("<IIQQQQIIQQ")
_SYMBOL = struct.Struct("<IBBHQQ")
_SYMTAB, _GLOBAL_FUNCTION, _HIDDEN = 2, 0x12, 2
_OWN = b"__cw_own_"


def with_own_names(data: bytes) -> tuple[bytes, list[str]]:
    """A relocatable object whose entry points are hidden under other names, and their names in order."""
    out = bytearray(data)
    start, size, count = struct.unpack_from("<Q", data, 40)[0], *struct.unpack_from("<HH", data, 58)
    sections = [_SECTION.unpack_from(data, start + index * size) for index in range(count)]
    table = next(section for section in sections if section[1] == _SYMTAB)
    _, _, _, _, names_at, names_bytes, *_ = sections[table[6]]
    strings = bytearray(data[names_at : names_at + names_bytes])
    found: list[str] = []
    for at in range(table[4], table[4] + table[5], _SYMBOL.size):
        name_at, info, visibility, section, _, _ = _SYMBOL.unpack_from(data, at)
        name = bytes(strings[name_at : strings.index(0, name_at)])
        if info == _GLOBAL_FUNCTION and section and visibility == 0 and _ENTRY.fullmatch(name):
            struct.pack_into("<I", out, at, len(strings))
            out[at + 5] = _HIDDEN
            strings += _OWN + name + b"\0"
            found.append(name.decode())
    out += bytes(-len(out) % 8)
    struct.pack_into("<QQ", out, start + table[6] * size + 24, len(out), len(strings))
    return bytes(out + strings), sorted(found)


def assembly(names: list[str]) -> str:
    """The entry points, their table and the note by which runtimes find each other."""
    own = _OWN.decode()
    identity = ", ".join(map(str, hashlib.sha256("\n".join(names).encode()).digest()))
    jumps = "".join(f".globl {name}\n.type {name}, @function\n{name}: jmp *__cw_entry_table+{40 + 8 * index}(%rip)\n"
                    f".size {name}, 6\n.p2align 3\n" for index, name in enumerate(names))
    entries = "".join(f".hidden {own}{name}\n.quad {own}{name}\n" for name in names)
    needs = ", ".join("0" if name in _WITHOUT_DEVICE else "1" for name in names)
    return f""".text
.p2align 4
{jumps}
.section .data.cw_entry_table, "aw"
.p2align 3
.globl __cw_entry_table
.hidden __cw_entry_table
__cw_entry_table:
.byte {identity}
.long 0, {len(names)}
{entries}
.section .rodata.cw_entry_needs_device, "a"
.globl __cw_entry_needs_device
.hidden __cw_entry_needs_device
__cw_entry_needs_device:
.byte {needs}
.section .note.crosswarp, "a", @note
.p2align 2
.long 10, 12, 1
.asciz "Crosswarp"
.p2align 2
.quad __cw_entry_table - .
.long 0
.section .note.GNU-stack, "", @progbits
"""
