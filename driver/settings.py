"""What a user may configure once instead of on every command line: environment variables and `crosswarp.toml`.

    # crosswarp.toml: in the working folder or one above it, else in the first input's folder or one above it,
    # else ~/.config/crosswarp/crosswarp.toml
    [targets]
    default = ["cpu", "sm_80", "gfx90a", "gfx942", "gfx1100", "gfx1201"]
    cuda_arch = 800          # __CUDA_ARCH__ where no -arch=sm_NN says otherwise
    [cache]
    gigabytes = 5.0

`CROSSWARP_TARGETS`, `CROSSWARP_CUDA_ARCH`, `CROSSWARP_CACHE=off`, `CROSSWARP_CACHE_GB` and `CROSSWARP_CUBIN=on` win over the file;
`CROSSWARP_CONFIG` names the file.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from crosswarp.support.bare import is_switched_off
from crosswarp.support.diagnostics import user_error

DEFAULT_TARGETS = ("cpu", "native-gpu", "sm_80", "gfx90a", "gfx942", "gfx1100", "gfx1201")
DEFAULT_CUDA_ARCH = 800
_KEYS = {"targets": {"default", "cuda_arch"}, "cache": {"gigabytes"}}
_Number = TypeVar("_Number", int, float)


@dataclass(frozen=True)
class Settings:
    """Configuration of one command. `cache_bytes` 0 means no cache. `file` is the configuration file, if there is one.

    `targets_named`: the environment or the file names the targets.
    """

    targets: tuple[str, ...] = DEFAULT_TARGETS
    cuda_arch: int | None = None
    cache_bytes: int = 5 << 30
    assemble_cubin: bool = False
    file: Path | None = None
    targets_named: bool = False


def load_settings(first_input: str = "") -> Settings:
    """The environment's settings over the configuration file's over the defaults. Raises `CompileError` for a bad value.

    `first_input`: a build folder outside the source tree does not see the project's file, but the path of the source leads to it.
    """
    path = _configuration_file(first_input)
    table = _read(path) if path else {}
    targets, cache = table.get("targets", {}), table.get("cache", {})
    named = os.environ.get("CROSSWARP_TARGETS")
    chosen = [word.strip() for word in named.split(",") if word.strip()] if named else targets.get("default", DEFAULT_TARGETS)
    arch = os.environ.get("CROSSWARP_CUDA_ARCH") or targets.get("cuda_arch")
    gigabytes = os.environ.get("CROSSWARP_CACHE_GB") or cache.get("gigabytes", 5.0)
    if not isinstance(chosen, list | tuple):
        raise user_error(f"configuration: [targets] default must be a list of names, not {chosen!r}", "CW2001")
    return Settings(tuple(str(name) for name in chosen), _number("cuda_arch", arch, int) if arch else None,
                    int(_number("gigabytes of the cache", gigabytes, float) * (1 << 30)) if _switch("CROSSWARP_CACHE", True) else 0,
                    _switch("CROSSWARP_CUBIN", False), path, bool(named) or "default" in targets)


def _number(what: str, value: Any, kind: Callable[[Any], _Number]) -> _Number:
    try:
        return kind(value)
    except (TypeError, ValueError) as error:
        raise user_error(f"configuration: {what} must be a number, not {value!r}", "CW2001") from error


def _switch(variable: str, default: bool) -> bool:
    if is_switched_off(variable):
        return False
    word = os.environ.get(variable, "").lower()
    if word in ("on", "1", "yes", "true"):
        return True
    if word:
        raise user_error(f"{variable}={word}: must be on or off", "CW2001")
    return default


def configuration_places(first_input: str) -> list[Path]:
    """Where the configuration file is looked for, in order."""
    named = os.environ.get("CROSSWARP_CONFIG")
    if named:
        return [Path(named)]
    here = Path.cwd()
    folders = [here, *here.parents, *(Path(os.path.abspath(first_input)).parents if first_input else ())]  # noqa: PTH100  links are not followed
    home = Path(os.environ.get("XDG_CONFIG_HOME") or "~/.config").expanduser() / "crosswarp" / "crosswarp.toml"
    return [folder / "crosswarp.toml" for folder in folders] + [home]


def _configuration_file(first_input: str) -> Path | None:
    if named := os.environ.get("CROSSWARP_CONFIG"):
        return Path(named)
    return next((path for path in configuration_places(first_input) if path.is_file()), None)


def _read(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        table = tomllib.loads(path.read_text())
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise user_error(f"cannot read {path}: {error}", "CW2001") from error
    for section, entries in table.items():
        if section not in _KEYS or not isinstance(entries, dict):
            raise user_error(f"{path}: unknown section '{section}'", "CW2001", hint=f"known: {', '.join(_KEYS)}")
        if unknown := entries.keys() - _KEYS[section]:
            raise user_error(f"{path}: unknown key '{min(unknown)}' in [{section}]", "CW2001",
                             hint=f"known: {', '.join(sorted(_KEYS[section]))}")
    return table
