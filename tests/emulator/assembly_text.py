"""AMD assembly text to the same words that decoded instructions are described with (`wave.describe`)."""

from __future__ import annotations

import re
import struct
from typing import Any

SPECIAL = {
    "vcc": "s106", "vcc_lo": "s106", "vcc_hi": "s107", "m0": "s124", "null": "s125", "exec": "s126", "exec_lo": "s126",
    "exec_hi": "s127", "flat_scratch": "s128", "flat_scratch_lo": "s128", "flat_scratch_hi": "s129", "xnack_mask": "s130",
    "xnack_mask_lo": "s130", "xnack_mask_hi": "s131", "src_shared_base": "shared_base", "src_shared_limit": "shared_limit",
    "src_private_base": "private_base", "src_private_limit": "private_limit", "src_scc": "scc", "src_vccz": "vccz",
    "src_execz": "execz", "src_flat_scratch_base_lo": "s128", "src_flat_scratch_base_hi": "s129", "off": "",
}  # fmt: skip


def split(text: str) -> tuple[str, list[str], dict[str, str]]:
    """Name without the suffix of its encoding, operands, modifiers."""
    name, _, rest = text.strip().partition(" ")
    name = re.sub(r"(_e64_dpp|_e32|_e64|_dpp|_sdwa)$", "", name)
    parts = [part.strip() for part in re.split(r",(?![^\[\]()]*[\])])", rest)] if rest.strip() else []
    modifiers: dict[str, str] = {}
    if parts:
        words = re.findall(r"(?:[^\s\[(]|\[[^\]]*\]|\([^)]*\))+", parts[-1])
        is_modifier = [bool(re.match(r"[a-z_]\w*(:|$)", word)) and n > 0 for n, word in enumerate(words)]
        first = is_modifier.index(True) if True in is_modifier else len(words)
        parts[-1] = " ".join(words[:first])
        for word in words[first:]:
            key, _, value = word.partition(":")
            modifiers[key] = value
    return name, [part for part in parts if part], modifiers


def operand(text: str) -> str:
    """One operand as `describe` writes it; numbers stay as they are, and `off` is nothing."""
    if match := re.fullmatch(r"(neg|abs|sext|lit)\((.*)\)", text):
        inner = match[2]
        return {"neg": f"-{operand(inner)}", "abs": operand(f"|{inner}|"), "sext": f"{operand(inner)}.sext", "lit": inner}[match[1]]
    if re.match(r"-[^\d.]", text):
        return f"-{operand(text[1:])}"
    if text.startswith("|"):
        inner = operand(text[1:-1])
        return f"|{inner.removesuffix('.h')}|" + (".h" if inner.endswith(".h") else "")
    return _register(text)


def _register(text: str) -> str:
    if match := re.fullmatch(r"([vsa])\[(\d+):\d+\]", text):
        return f"{match[1]}{match[2]}"
    if match := re.fullmatch(r"ttmp\[?(\d+)(:\d+\])?", text):
        return f"s{108 + int(match[1])}"
    if match := re.fullmatch(r"(v\d+)\.([lh])", text):
        return match[1] + (".h" if match[2] == "h" else "")
    return SPECIAL.get(text, text)


def numbers(text: str) -> set[int]:
    """All bits that a written number may become: integer or float of any size, or a literal that is a double's high half."""
    text = {"0.15915494": "0.15915494309189532", "0.15915494309189532": "0.15915494309189532"}.get(text, text)
    if re.fullmatch(r"-?(0x[0-9a-f]+|\d+)", text):
        value = int(text, 0)
        return {
            value % 2**32,
            value % 2**64,
            value % 2**16,
            value % 2**32 << 32,
            (value % 2**32 ^ 2**31) - 2**31 + 2**64,
            *_pair(value),
        }
    value_f = float(text)
    single = struct.unpack("<I", struct.pack("<f", value_f))[0]
    found = {single, single >> 16, struct.unpack("<Q", struct.pack("<d", value_f))[0], *_pair(single)}
    return found | {struct.unpack("<H", struct.pack("<e", value_f))[0]}


def _pair(value: int) -> tuple[int]:
    return (value % 2**32 * (2**32 + 1),)


def bare(text: str) -> tuple[str, str]:
    """Modifiers, and the operand without them."""
    match = re.fullmatch(r"(-?)(\|?)([^|]*?)\|?((?:\.sext|\.h|\.sel\d)*)", text)
    assert match is not None, text
    number = match[1] and not match[2] and re.match(r"[\d.]", match[3])  # -4 is a number, -v4 a modifier
    return ("", f"-{match[3]}") if number else (match[1] + match[2] + match[4], match[3])


def same(written: str, decoded: str) -> bool:
    """Whether a written operand is the decoded one."""
    (modifiers, one), (decoded_modifiers, other) = bare(written), bare(decoded)
    if not re.match(r"-?\.?\d", one) or not other.startswith("0x"):
        return written == decoded
    return modifiers == decoded_modifiers and int(other, 16) in numbers(one)


def in_text_order(fields: dict[str, Any], name: str) -> list[str]:
    """The decoded operands in the order in which the assembler writes them."""
    destination, mask, source = fields["destination"], fields["scalar_destination"], fields["source"]
    if name.startswith(("global_", "flat_", "scratch_")):
        order = [destination, source[0], source[2], source[1]]
    elif name.startswith(("buffer_", "tbuffer_")):
        order = [source[2] or destination, source[0], source[1], source[3]]
    elif name.startswith(("s_load", "s_buffer_load", "s_store", "s_buffer_store", "s_scratch", "s_atomic", "s_buffer_atomic")):
        order = [source[2] or destination, source[0], source[1]]
    else:
        order = [destination, mask, *source]
    return [word for word in order if word]


# SOPK and its like: one register, and a number that is a field of its own.
NUMBERED = (
    "s_sendmsg", "s_getreg", "s_setreg", "s_waitcnt", "s_cmpk", "s_movk", "s_addk", "s_mulk", "s_cmovk", "s_call", "s_subvector",
    "s_set_gpr_idx_on",
)  # fmt: skip


def written_operands(name: str, operands: list[str]) -> list[str]:
    """The operands of a line that `in_text_order` has too: no messages, hardware registers, immediates, offsets."""
    if name.startswith(NUMBERED):
        operands = [word for word in operands if re.fullmatch(r"s\[?\d.*|null", word)][:1]
    words = [word for word in map(operand, operands) if word]
    scalar_memory = name.startswith(
        ("s_load", "s_buffer_load", "s_store", "s_buffer_store", "s_scratch", "s_atomic", "s_buffer_atomic")
    )
    return words[:-1] if scalar_memory and re.match(r"-?\d", words[-1]) else words


def list_of(text: str | None, count: int, default: int) -> int:
    """`[1,0,1]` as bits, the first one lowest."""
    if text is None:
        return default
    return sum(int(bit) << n for n, bit in enumerate(text.strip("[]").split(",")[:count]))
