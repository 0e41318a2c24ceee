"""`nvcc --help`, made from the option table."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from crosswarp.driver.option_table import OPTIONS, Form, Option, Support

_ARGUMENT = {Form.FLAG: "", Form.VALUE: " <value>", Form.NUMBER: " <number>", Form.BOOL: " {true|false}", Form.LIST: " <value>,...",
             Form.EACH: " <value>"}
_MARK = {Support.DONE: "", Support.ACCEPTED: "(no effect) ", Support.REFUSED: "(refused) "}


def help_text() -> str:
    """Every option with what it does here."""
    lines = ["Usage  : nvcc [options] <inputfile>...", "",
             "Compiles CUDA C++ for AMD GPUs, NVIDIA GPUs and CPUs. Options, both spellings; '=' or a blank before the value:", ""]
    return "\n".join(lines + option_lines(OPTIONS))


def option_lines(options: Sequence[Option]) -> list[str]:
    """Options as `--help` lists them: names, argument, meaning."""
    lines: list[str] = []
    for option in options:
        lines.append(_heading(option))
        lines += textwrap.wrap(_MARK[option.support] + option.note, 96, initial_indent=" " * 8, subsequent_indent=" " * 8)
    return lines


def markdown_table() -> str:
    """The options as a Markdown table, for docs/nvcc.md."""
    lines = ["| option | short | argument | here |", "|---|---|---|---|"]
    for option in OPTIONS:
        argument = " ".join(f"`{choice}`" for choice in option.choices) if option.choices else option.form.value
        note = {Support.DONE: "", Support.ACCEPTED: "accepted, no effect: ", Support.REFUSED: "**refused**: "}[option.support]
        lines.append(f"| `--{option.name}` | `-{option.short}` | {argument} | {note}{option.note} |")
    return "\n".join(lines) + "\n"


def _heading(option: Option) -> str:
    argument = " {" + "|".join(option.choices) + "}" if option.choices and len(option.choices) < 6 else _ARGUMENT[option.form]
    return f"--{option.name + argument:<48} (-{option.short})"
