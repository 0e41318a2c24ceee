"""Options of a compilation as words of a step's command line, `--language std=c++20 --target line_info=true`, and back.

Only what differs from the defaults is written. What a step does must follow from its words alone: neither the environment nor a
configuration file is read again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any, TypeVar, cast

from crosswarp.driver.option_words import CommandLineError
from crosswarp.driver.options import Parsed
from crosswarp.frontend.options import FrontendOptions
from crosswarp.targets.base import TargetOptions

LANGUAGE, TARGET = "language", "target"
# A step writes no dependency file, its messages may be kept for later, and it says by itself which text it reads.
_OWN = frozenset({"dependencies", "color", "text"})
_BOOLS = {"true": True, "false": False}
_Options = TypeVar("_Options", FrontendOptions, TargetOptions)


def language_words(options: FrontendOptions) -> list[str]:
    """Words for the front end's options."""
    return _words(LANGUAGE, options)


def target_words(options: TargetOptions) -> list[str]:
    """Words for the targets' options."""
    return _words(TARGET, options)


def language_options(parsed: Parsed) -> FrontendOptions:
    """The front end's options on a command line. Raises `CommandLineError`."""
    return _options(LANGUAGE, FrontendOptions(), parsed)


def target_options(parsed: Parsed) -> TargetOptions:
    """The targets' options on a command line. Raises `CommandLineError`."""
    return _options(TARGET, TargetOptions(), parsed)


def _words(kind: str, options: FrontendOptions | TargetOptions) -> list[str]:
    words = []
    for name, default in _defaults(type(options)()).items():
        value = getattr(options, name)
        if value != default:
            texts = _texts(value) or [""]  # an empty list where the default has items
            words += [word for text in texts for word in (f"--{kind}", f"{name}={text}")]
    return words


def _defaults(options: FrontendOptions | TargetOptions) -> dict[str, Any]:
    return {field.name: getattr(options, field.name) for field in fields(options) if field.name not in _OWN}


def _texts(value: object) -> list[str]:
    if isinstance(value, tuple):
        return [str(item) for item in value]
    return [str(value).lower() if isinstance(value, bool) else str(value)]


def _options(kind: str, options: _Options, parsed: Parsed) -> _Options:
    given: dict[str, list[str]] = {}
    for word in parsed.all(kind):
        name, _, text = word.partition("=")
        given.setdefault(name, []).append(text)
    defaults = _defaults(options)
    if unknown := given.keys() - defaults.keys():
        raise CommandLineError(f"Unknown field '{min(unknown)}' of --{kind}")
    values = {name: _value(f"--{kind} {name}", texts, defaults[name]) for name, texts in given.items()}
    return replace(options, **cast(dict[str, Any], values))


def _value(what: str, texts: list[str], default: object) -> object:
    if isinstance(default, tuple):
        items: Iterable[str] = () if texts == [""] else texts
        return tuple(int(text) for text in items) if default and isinstance(default[0], int) else tuple(items)
    try:
        if isinstance(default, bool):
            return _BOOLS[texts[-1]]
        return texts[-1] if isinstance(default, str) else int(texts[-1])
    except (KeyError, ValueError):
        raise CommandLineError(f"{what}: unexpected value '{texts[-1]}'") from None
