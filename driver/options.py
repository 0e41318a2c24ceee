r"""Reads nvcc's command line by the table of `option_table.py`.

One option, many spellings: `-foo bar`, `-foo=bar`, `--foo bar`, `--foo=bar`, long or short name; some short names take their
value attached (`-Ifoo`). Lists are split at commas; `\,` is a comma, `\"` a quote, and quoted commas do not split. Words for the
host tools (`-Xcompiler`) go through a shell in nvcc, so after that step they are split and unquoted as a shell does.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from crosswarp.driver.option_table import OPTIONS, Form, Option, Support
from crosswarp.support.diagnostics import CrosswarpError

SHELL_WORDS = frozenset({"compiler-options", "linker-options", "archive-options", "ptxas-options", "nvlink-options"})
_MAX_FILE_DEPTH = 8


class CommandLineError(CrosswarpError):
    """A command line that makes no sense; printed after `nvcc fatal   : `."""


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


BY_NAME: dict[str, Option] = {option.short: option for option in OPTIONS} | {option.name: option for option in OPTIONS}
_JOINED = tuple(option for option in OPTIONS if option.joined)
_FORWARDING = ("forward-unknown-to-host-compiler", "forward-unknown-to-host-linker", "forward-unknown-opts")
LINK_KINDS = frozenset({"o", "obj", "a", "so", "lib"})
LANGUAGE_KINDS = {"cu": "cu", "c++": "cpp", "c": "c"}


def parse(arguments: list[str]) -> Parsed:
    """Parse a command line without the program's name. Raises `CommandLineError`."""
    parsed = Parsed()
    files: list[str] = []
    _read_words(_expand_files(arguments), parsed, files)
    if parsed.unknown and not any(parsed.has(name) for name in _FORWARDING):
        raise unknown_option(parsed.unknown[0])
    language = parsed.last("x")
    for name in files:
        kind = _kind_of(name)
        parsed.inputs.append(InputFile(name, LANGUAGE_KINDS[language] if language and kind not in LINK_KINDS else kind))
    return parsed


def _kind_of(name: str) -> str:
    base = Path(name).name
    if ".so." in base:  # a versioned shared library: libx.so.1.2
        return "so"
    return base.rpartition(".")[2].lower() if "." in base else ""


def _read_words(words: list[str], parsed: Parsed, files: list[str]) -> None:
    queue = iter(words)
    for word in queue:
        if not word.startswith("-") or word == "-":
            files.append(word)
            continue
        found = _match(word)
        if found is None:
            parsed.unknown.append(word)
            continue
        option, attached = found
        if option.form is not Form.FLAG and attached is None:
            attached = next(queue, None)
            if attached is None:
                raise CommandLineError(f"argument expected after '{word}'")
        _record(option, word, attached, parsed)


def _match(word: str) -> tuple[Option, str | None] | None:
    """The option a word names and the value attached to it."""
    bare = word[2:] if word.startswith("--") else word[1:]
    name, equals, value = bare.partition("=")
    option = BY_NAME.get(name)
    if option is not None:
        return option, value if equals else None
    if word.startswith("--"):
        return None
    for option in _JOINED:
        rest = bare[len(option.short):]
        # `-mavx2` and `-Ofast` are a host compiler's words, not `-m avx2` and `-O fast`.
        if bare.startswith(option.short) and (option.form is Form.LIST or rest.isdigit()):
            return option, rest
    return None


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
    for item in items:
        if option.choices and item not in option.choices:
            raise CommandLineError(f"Value '{item}' is not defined for option '{option.name}'")
    if option.support is Support.REFUSED:
        raise CommandLineError(f"Option '{word.partition('=')[0]}' is not supported by Crosswarp: {option.note}")
    previous = parsed.values.get(option.name)
    if option.form is Form.VALUE and previous and previous[-1] != items[0]:
        parsed.notes.append(f"incompatible redefinition for option '{option.name}', the last value of this option was used")
    parsed.values.setdefault(option.name, []).extend(items)


def split_list(text: str, shell: bool) -> list[str]:
    r"""Split a list value at its commas and undo one level of backslashes; `shell` splits and unquotes as a shell does after that.

    >>> split_list(r'a,b\,c,"d,e"', shell=False)
    ['a', 'b,c', '"d,e"']
    """
    items, current, quoted = [], "", False
    letters = iter(text)
    for letter in letters:
        if letter == "\\":
            following = next(letters, "")
            current += following if following in ',"\\' else letter + following
        elif letter == "," and not quoted:
            items.append(current)
            current = ""
        else:
            quoted ^= letter == '"'
            current += letter
    items.append(current)
    items = [item for item in items if item]
    return [word for item in items for word in _shell_words(item)] if shell else items


def _shell_words(item: str) -> list[str]:
    if not any(special in item for special in " '\"\\\t"):
        return [item]
    import shlex

    try:
        return shlex.split(item)
    except ValueError as error:
        raise CommandLineError(f"cannot split '{item}': {error}") from error


def _expand_files(words: list[str], depth: int = 0) -> list[str]:
    """Replace `@file`, `--options-file file` by the file's words."""
    result: list[str] = []
    queue = iter(words)
    for word in queue:
        found = _match(word) if word.startswith("-") else None
        if found is not None and found[0].name == "options-file":
            value = found[1] if found[1] is not None else next(queue, None)
            if value is None:
                raise CommandLineError(f"argument expected after '{word}'")
            for name in split_list(value, shell=False):
                result += _words_of(name, depth)
        elif found is not None and found[0].form is not Form.FLAG and found[1] is None:
            result += [word, *(value for value in [next(queue, None)] if value is not None)]
        elif word.startswith("@") and len(word) > 1:
            result += _words_of(word[1:], depth)
        else:
            result.append(word)
    return result


def _words_of(name: str, depth: int) -> list[str]:
    import shlex

    if depth >= _MAX_FILE_DEPTH:
        raise CommandLineError(f"options files nest too deeply at '{name}'")
    try:
        words = shlex.split(Path(name).read_text(), comments=False)
    except OSError as error:
        raise CommandLineError(f"cannot read options file '{name}': {error.strerror}") from error
    except ValueError as error:
        raise CommandLineError(f"options file '{name}': {error}") from error
    return _expand_files(words, depth + 1)


def unknown_option(word: str) -> CommandLineError:
    """The error for an option that is not in the table, with the nearest one that is."""
    import difflib

    bare = word.lstrip("-").partition("=")[0]
    near = difflib.get_close_matches(bare, list(BY_NAME), n=1, cutoff=0.6)
    dashes = "-" if near and BY_NAME[near[0]].short == near[0] else "--"
    hint = f"\n  help: did you mean '{dashes}{near[0]}'?" if near else ""
    return CommandLineError(f"Unknown option '{word}'{hint}")
