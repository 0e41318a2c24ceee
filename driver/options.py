r"""Reads nvcc's command line by the table of `option_table.py`.

One option, many spellings: `-foo bar`, `-foo=bar`, `--foo bar`, `--foo=bar`, long or short name; some short names take their
value attached (`-Ifoo`). Lists are split at commas; `\,` is a comma, `\"` a quote, and quoted commas do not split. Words for the
host tools (`-Xcompiler`) go through a shell in nvcc, so after that step they are split and unquoted as a shell does.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from crosswarp.driver.option_table import OPTIONS, SHELL_WORDS, Form, Option, Support
from crosswarp.driver.option_words import CommandLineError, file_words, split_list

_MAX_FILE_DEPTH = 8


class InputFile(NamedTuple):
    """An input and its language: the file's suffix without the dot, or what `-x` says (`cu`, `cc` or `c`)."""

    path: str
    kind: str


@dataclass
class Parsed:
    """A command line by long option names. Values are in the order given; unknown words went where the user said."""

    values: dict[str, list[str]] = field(default_factory=dict)
    inputs: list[InputFile] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    option_files: list[str] = field(default_factory=list)

    def has(self, name: str) -> bool:
        """Whether a flag was given."""
        return name in self.values

    def last(self, name: str, default: str = "") -> str:
        """The value that counts when an option may be given once."""
        given = self.values.get(name)
        return given[-1] if given else default

    def all(self, name: str) -> list[str]:
        """Every value of a list option."""
        return self.values.get(name, [])

    def on(self, name: str, default: bool) -> bool:
        """A true/false option's value."""
        given = self.values.get(name)
        return given[-1] == "true" if given else default


class Table:
    """The options of one tool, by their names."""

    def __init__(self, options: tuple[Option, ...]) -> None:
        self.by_name = {option.short: option for option in options} | {option.name: option for option in options}
        self.joined = tuple(option for option in options if option.joined)

    def match(self, word: str) -> tuple[Option, str | None] | None:
        """The option a word names and the value attached to it."""
        bare = word[2:] if word.startswith("--") else word[1:]
        name, equals, value = bare.partition("=")
        option = self.by_name.get(name)
        if option is not None:
            return option, value if equals else None
        if word.startswith("--"):
            return None
        for option in self.joined:
            rest = bare[len(option.short):]
            # `-mavx2` and `-Ofast` are a host compiler's words, not `-m avx2` and `-O fast`.
            if bare.startswith(option.short) and (option.form is Form.LIST or rest.isdigit()):
                return option, rest
        return None

    def unknown(self, word: str) -> CommandLineError:
        """The error for an option that is not in the table, with the nearest one that is."""
        import difflib

        bare = word.lstrip("-").partition("=")[0]
        near = difflib.get_close_matches(bare, list(self.by_name), n=1, cutoff=0.6)
        dashes = "-" if near and self.by_name[near[0]].short == near[0] else "--"
        hint = f"\n  help: did you mean '{dashes}{near[0]}'?" if near else ""
        return CommandLineError(f"Unknown option '{word}'{hint}")


NVCC = Table(OPTIONS)
_FORWARDING = ("forward-unknown-to-host-compiler", "forward-unknown-to-host-linker", "forward-unknown-opts")
LINK_KINDS = frozenset({"o", "obj", "a", "so", "lib"})
LANGUAGE_KINDS = {"cu": "cu", "c++": "cpp", "c": "c"}


def parse_words(arguments: list[str], table: Table) -> tuple[Parsed, list[str]]:
    """A command line by a tool's table, and the words that are not options. Raises `CommandLineError`."""
    parsed = Parsed()
    files: list[str] = []
    _read_words(_expand_files(arguments, table, parsed.option_files), table, parsed, files)
    if parsed.unknown and not any(parsed.has(name) for name in _FORWARDING):
        raise table.unknown(parsed.unknown[0])
    return parsed, files


def parse(arguments: list[str]) -> Parsed:
    """Parse nvcc's command line without the program's name. Raises `CommandLineError`."""
    parsed, files = parse_words(arguments, NVCC)
    language = parsed.last("x")
    for name in files:
        kind = _kind_of(name)
        parsed.inputs.append(InputFile(name, LANGUAGE_KINDS[language] if language and kind not in LINK_KINDS else kind))
    return parsed


def _kind_of(name: str) -> str:
    base = Path(name).name
    if ".so." in base:  # a versioned shared library: libx.so.1.2
        return "so"
    suffix = base.rpartition(".")[2] if "." in base else ""
    return "cc" if suffix == "C" else suffix.lower()


def _read_words(words: list[str], table: Table, parsed: Parsed, files: list[str]) -> None:
    queue = iter(words)
    for word in queue:
        if not word.startswith("-") or word == "-":
            files.append(word)
            continue
        found = table.match(word)
        if found is None:
            parsed.unknown.append(word)
            continue
        option, attached = found
        if option.form is not Form.FLAG and attached is None:
            attached = next(queue, None)
            if attached is None:
                raise CommandLineError(f"argument expected after '{word}'")
        _record(option, word, attached, parsed)


def _record(option: Option, word: str, value: str | None, parsed: Parsed) -> None:
    if option.form is Form.FLAG:
        if value is not None:
            raise CommandLineError(f"no argument expected after '{word.partition('=')[0]}'")
        items = ["true"]
    elif option.form is Form.LIST:
        items = split_list(str(value), shell=option.name in SHELL_WORDS)
    else:
        items = [str(value)]
    if option.form is Form.BOOL and items[0] not in ("true", "false"):
        raise CommandLineError(f"'{items[0]}': expected true or false")
    if option.form is Form.NUMBER and not items[0].isdecimal():
        raise CommandLineError(f"'{items[0]}': expected a number")
    for item in items:
        if option.choices and item not in option.choices:
            raise CommandLineError(f"Value '{item}' is not defined for option '{option.name}'")
    if option.support is Support.REFUSED:
        raise CommandLineError(f"Option '{word.partition('=')[0]}' is not supported by Crosswarp: {option.note}")
    previous = parsed.values.get(option.name)
    if option.form in (Form.VALUE, Form.NUMBER) and previous and previous[-1] != items[0]:
        parsed.notes.append(f"incompatible redefinition for option '{option.name}', the last value of this option was used")
    parsed.values.setdefault(option.name, []).extend(items)


def _expand_files(words: list[str], table: Table, read: list[str], depth: int = 0) -> list[str]:
    """Replace `@file`, `--options-file file` by the file's words; the files' names go to `read`."""
    result: list[str] = []
    queue = iter(words)
    for word in queue:
        found = table.match(word) if word.startswith("-") else None
        if found is not None and found[0].name == "options-file":
            value = found[1] if found[1] is not None else next(queue, None)
            if value is None:
                raise CommandLineError(f"argument expected after '{word}'")
            for name in split_list(value, shell=False):
                result += _words_of(name, table, read, depth)
        elif found is not None and found[0].form is not Form.FLAG and found[1] is None:
            result += [word, *(value for value in [next(queue, None)] if value is not None)]
        elif word.startswith("@") and len(word) > 1:
            result += _words_of(word[1:], table, read, depth)
        else:
            result.append(word)
    return result


def _words_of(name: str, table: Table, read: list[str], depth: int) -> list[str]:
    if depth >= _MAX_FILE_DEPTH:
        raise CommandLineError(f"options files nest too deeply at '{name}'")
    read.append(name)
    return _expand_files(file_words(name), table, read, depth + 1)
