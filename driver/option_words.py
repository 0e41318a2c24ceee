r"""Words: lists at their commas, words that go through a shell in nvcc, the words of an options file."""

from __future__ import annotations

from pathlib import Path

from crosswarp.support.diagnostics import CrosswarpError


class CommandLineError(CrosswarpError):
    """A command line that makes no sense; printed after `nvcc fatal   : `."""


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


def file_words(name: str) -> list[str]:
    """The words of an options file: nvcc knows double quotes and backslashes there, no single quotes and no comments.

    Raises `CommandLineError`.
    """
    import shlex

    try:
        words = shlex.shlex(Path(name).read_text(), posix=True)
        words.whitespace_split, words.quotes, words.commenters = True, '"', ""
        return list(words)
    except (OSError, UnicodeDecodeError) as error:
        raise CommandLineError(f"cannot read options file '{name}': {getattr(error, 'strerror', None) or error}") from error
    except ValueError as error:
        raise CommandLineError(f"options file '{name}': {error}") from error
