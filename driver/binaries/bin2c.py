"""`bin2c`: a file's bytes as a C array, for programs that carry device code as data.

Rules taken from the behaviour of NVIDIA's tool: elements are little-endian and the last is filled with zeros; `--length` gives a
variable called NAMELength with the number of elements.
"""

from __future__ import annotations

import sys

from crosswarp.driver.binaries.tool import Tool, single
from crosswarp.driver.input_files import read
from crosswarp.driver.option_table import Form, Option, Support
from crosswarp.driver.option_words import CommandLineError
from crosswarp.driver.options import Parsed

# Type name, bytes, suffix of a literal, elements a line.
_TYPES = {"char": ("unsigned char", 1, "", 16), "short": ("unsigned short", 2, "", 12), "int": ("unsigned int", 4, "", 8),
          "longlong": ("unsigned long long", 8, "ULL", 4)}
_OPTIONS = (
    Option("name", "n", Form.VALUE, Support.DONE, "the array's name: imageBytes"),
    Option("type", "t", Form.VALUE, Support.DONE, "type of an element: char", tuple(_TYPES)),
    Option("const", "c", Form.FLAG, Support.DONE, "a constant array"),
    Option("static", "st", Form.FLAG, Support.DONE, "a static array"),
    Option("length", "l", Form.FLAG, Support.DONE, "a variable with the array's length"),
    Option("padd", "p", Form.LIST, Support.DONE, "bytes put after the file's"),
    Option("alignment", "a", Form.VALUE, Support.DONE, "alignment of the array in bytes: 1"),
    Option("section", "s", Form.VALUE, Support.DONE, "section the array is put in"),
    Option("nvint", "nvint", Form.FLAG, Support.DONE, "elements of longlong are nv_uint64"),
    Option("stdint", "stdint", Form.FLAG, Support.DONE, "elements of longlong are uint64_t"),
)


def run(parsed: Parsed, files: list[str]) -> int:
    """Print the array."""
    sys.stdout.write(array_text(read(single(files)) + bytes(_byte(text) for text in parsed.all("padd")), parsed))
    return 0


def _byte(text: str) -> int:
    try:
        value = int(text, 0)
    except ValueError:
        value = -1
    if value < 0:
        raise CommandLineError(f"'{text}': expected a number")
    return value & 0xFF


def array_text(data: bytes, parsed: Parsed) -> str:
    """C and C++ text that defines the array."""
    name = parsed.last("name", "imageBytes")
    plain, size, suffix, per_line = _TYPES[parsed.last("type", "char")]
    spelled, include = _spelled(plain, parsed)
    data += bytes(-len(data) % size)
    values = [int.from_bytes(data[at : at + size], "little") for at in range(0, len(data), size)]
    literals = [f"0x{value:0{2 * size}x}{suffix}" for value in values]
    lines = [",".join(literals[at : at + per_line]) for at in range(0, len(literals), per_line)]
    length = f"\nunsigned int {name}Length = {len(values)};\n" if parsed.has("length") else ""
    head = f"{_qualifiers(parsed)}{spelled} {name}[]{_attributes(parsed)} = {{\n"
    return (f'{include}#ifdef __cplusplus\nextern "C" {{\n#endif\n\n{head}' + ",\n".join(lines)
            + f"\n}};\n{length}\n#ifdef __cplusplus\n}}\n#endif\n")


def _spelled(plain: str, parsed: Parsed) -> tuple[str, str]:
    """The element type as it is written, and what must stand in front of it."""
    if parsed.last("type") != "longlong":
        return plain, ""
    if parsed.has("stdint"):
        return "uint64_t", "#include <stdint.h>\n\n"
    return ("nv_uint64", "typedef unsigned long long nv_uint64;\n\n") if parsed.has("nvint") else (plain, "")


def _qualifiers(parsed: Parsed) -> str:
    return ("static " if parsed.has("static") else "") + ("const " if parsed.has("const") else "")


def _attributes(parsed: Parsed) -> str:
    alignment, section = parsed.last("alignment"), parsed.last("section")
    if alignment and not alignment.isdigit():
        raise CommandLineError(f"'{alignment}': expected a number")
    words = [f"aligned({alignment})"] if int(alignment or 1) > 1 else []
    words += [f'section("{section}")'] if section else []
    return f" __attribute__(({', '.join(words)}))" if words else ""


main = Tool("bin2c", "Writes a file's bytes as a C array", _OPTIONS, run).main
