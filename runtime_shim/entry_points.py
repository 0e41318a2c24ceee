"""Entry points as jumps through a table: `entries/one_runtime.cpp` says why the runtime has one, `evidence/entries.cpp` why all do.

In the linked object `cudaMalloc` becomes the hidden `__cw_own_cudaMalloc`; an assembly text defines `cudaMalloc` and the table.
"""

from __future__ import annotations

import hashlib
import re
import struct

RUNTIME, DRIVER, NVRTC = rb"(__)?cuda\w+|__cw_internal_api", rb"cu\w+", rb"nvrtc\w+"
# They say nothing of a device, or do not return an error.
_WITHOUT_DEVICE = {"cudaGetErrorName", "cudaGetErrorString", "cudaRuntimeGetVersion", "cudaCreateChannelDesc", "__cw_internal_api"}
_SECTION = struct.Struct("<IIQQQQIIQQ")
_SYMBOL = struct.Struct("<IBBHQQ")
_SYMTAB, _GLOBAL_FUNCTION, _HIDDEN = 2, 0x12, 2
_OWN = b"__cw_own_"


def with_own_names(data: bytes, pattern: bytes) -> tuple[bytes, list[str]]:
    """A relocatable object whose entry points, of names like `pattern`, are hidden under other names; and their names in order."""
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
        if info == _GLOBAL_FUNCTION and section and visibility == 0 and re.fullmatch(pattern, name):
            struct.pack_into("<I", out, at, len(strings))
            out[at + 5] = _HIDDEN
            strings += _OWN + name + b"\0"
            found.append(name.decode())
    out += bytes(-len(out) % 8)
    struct.pack_into("<QQ", out, start + table[6] * size + 24, len(out), len(strings))
    return bytes(out + strings), sorted(found)


def assembly(names: list[str]) -> str:
    """The entry points, their table and what `evidence/entries.cpp` needs of both."""
    own = _OWN.decode()
    jumps = "".join(f".globl {name}\n.type {name}, @function\n{name}: jmp *__cw_entries+{8 * index}(%rip)\n"
                    f".size {name}, 6\n.p2align 3\n" for index, name in enumerate(names))
    entries = "".join(f".hidden {own}{name}\n.quad {own}{name}\n" for name in names)
    return f""".text
.p2align 4
{jumps}
{_stubs(names)}
.section .data.cw_entry_table, "aw"
.p2align 3
{_identity(names)}
.globl __cw_entries
.hidden __cw_entries
__cw_entries:
{entries}
{_names(names)}
.section .note.GNU-stack, "", @progbits
"""


def runtime_note(names: list[str]) -> str:
    """What goes with the runtime's table: the note by which runtimes find each other, and which entries need a device."""
    needs = ", ".join("0" if name in _WITHOUT_DEVICE else "1" for name in names)
    return f""".section .rodata.cw_entry_needs_device, "a"
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
"""


def _identity(names: list[str]) -> str:
    """What stands before the table: which list of entries it is, its state, and their number."""
    identity = ", ".join(map(str, hashlib.sha256("\n".join(names).encode()).digest()))
    return f""".globl __cw_entry_table
.hidden __cw_entry_table
__cw_entry_table:
.byte {identity}
.long 0
.globl __cw_entry_count
.hidden __cw_entry_count
__cw_entry_count:
.long {len(names)}"""


def _names(names: list[str]) -> str:
    """The names as programs write them; null for those of our own."""
    pointers = "".join(f".quad {0 if name.startswith('__cw_') else f'.Lname{index}'}\n" for index, name in enumerate(names))
    texts = "".join(f'.Lname{index}: .asciz "{name}"\n' for index, name in enumerate(names))
    return f""".section .data.rel.ro.cw_entry_names, "aw"
.p2align 3
.globl __cw_entry_names
.hidden __cw_entry_names
__cw_entry_names:
{pointers}
.section .rodata.cw_entry_names, "a"
{texts}"""


def _stubs(names: list[str]) -> str:
    """One of 16 bytes for each entry, and the code they share: arguments and results are kept while the calls are noted."""
    integers = ("rdi", "rsi", "rdx", "rcx", "r8", "r9", "rax", "r10")
    stubs = "".join(f".p2align 4\nmovl ${index}, %r11d\njmp .Lenter\n" for index in range(len(names)))
    pushes = "".join(f"pushq %{name}\n" for name in integers)
    pops = "".join(f"popq %{name}\n" for name in reversed(integers))
    keep = "".join(f"movups %xmm{i}, {16 * i}(%rsp)\n" for i in range(8))
    restore = "".join(f"movups {16 * i}(%rsp), %xmm{i}\n" for i in range(8))
    return f""".p2align 4
.globl __cw_evidence_stubs
.hidden __cw_evidence_stubs
__cw_evidence_stubs:
{stubs}.p2align 4
.Lenter:
pushq %rbp
movq %rsp, %rbp
{pushes}subq $128, %rsp
{keep}movl %r11d, %edi
leaq 8(%rbp), %rsi
call __cw_evidence_enter
movq %rax, %r11
{restore}addq $128, %rsp
{pops}popq %rbp
jmp *%r11
.globl __cw_evidence_return
.hidden __cw_evidence_return
__cw_evidence_return:
subq $64, %rsp
movups %xmm0, (%rsp)
movups %xmm1, 16(%rsp)
movq %rax, 32(%rsp)
movq %rdx, 40(%rsp)
movl %eax, %edi
leaq 56(%rsp), %rsi
call __cw_evidence_leave
movq %rax, 56(%rsp)
movups (%rsp), %xmm0
movups 16(%rsp), %xmm1
movq 32(%rsp), %rax
movq 40(%rsp), %rdx
addq $56, %rsp
ret
"""
