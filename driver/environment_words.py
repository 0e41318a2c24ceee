"""The words of `NVCC_PREPEND_FLAGS` and `NVCC_APPEND_FLAGS`, split as nvcc does: at blanks that are not in double quotes.

The quotes stay part of a word: `-DNAME="x"` defines a string. Where a word names a file they only hold it together.
"""

from __future__ import annotations

# Values that keep their quotes: macros, and words for other tools, which are unquoted when those are called.
_KEEPING = ("-D", "--define-macro", "-define-macro", "-X", "--compiler-options", "--linker-options")


def split(text: str) -> list[str]:
    """The words of one variable."""
    words, current, quoted = [], "", False
    for letter in text:
        quoted ^= letter == '"'
        if quoted or not letter.isspace():
            current += letter
        elif current:
            words.append(current)
            current = ""
    words += [current] if current else []
    return [word if _keeps(word, previous) else word.replace('"', "") for previous, word in zip(["", *words], words, strict=False)]


def _keeps(word: str, previous: str) -> bool:
    """Whether a word is such a value: with its option's name, or alone after it."""
    return word.startswith(_KEEPING) or previous in _KEEPING or (previous.startswith("-X") and "=" not in previous)
