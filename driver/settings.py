"""What a user may configure once instead of on every command line: environment variables and `crosswarp.toml`.

    # crosswarp.toml, in the working folder or one above it, or ~/.config/crosswarp/crosswarp.toml
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
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crosswarp.support.diagnostics import user_error

DEFAULT_TARGETS = ("cpu", "native-gpu", "sm_80", "gfx90a", "gfx942", "gfx1100", "gfx1201")
DEFAULT_CUDA_ARCH = 800


@dataclass(frozen=True)
class Settings:
    """Configuration of one command. `cache_bytes` 0 means no cache."""

    targets: tuple[str, ...] = DEFAULT_TARGETS
    cuda_arch: int | None = None
    cache_bytes: int = 5 << 30
    assemble_cubin: bool = False


def load_settings() -> Settings:
    """The environment's settings over the configuration file's over the defaults. Raises `CompileError` for a bad value."""
    path = _configuration_file()
    table = _read(path) if path else {}
    targets, cache = table.get("targets", {}), table.get("cache", {})
    named = os.environ.get("CROSSWARP_TARGETS")
    chosen = [word.strip() for word in named.split(",") if word.strip()] if named else targets.get("default", DEFAULT_TARGETS)
    arch = os.environ.get("CROSSWARP_CUDA_ARCH") or targets.get("cuda_arch")
    gigabytes = os.environ.get("CROSSWARP_CACHE_GB") or cache.get("gigabytes", 5.0)
    off = os.environ.get("CROSSWARP_CACHE", "").lower() in ("off", "0", "no", "false")
    try:
        return Settings(tuple(str(name) for name in chosen), int(arch) if arch else None,
                        0 if off else int(float(gigabytes) * (1 << 30)),
                        os.environ.get("CROSSWARP_CUBIN", "").lower() in ("on", "1", "yes", "true"))
    except (TypeError, ValueError) as error:
        raise user_error(f"configuration: {error}", "CW2001") from error


def _configuration_file() -> Path | None:
    named = os.environ.get("CROSSWARP_CONFIG")
    if named:
        return Path(named)
    here = Path.cwd()
    home = Path(os.environ.get("XDG_CONFIG_HOME") or "~/.config").expanduser() / "crosswarp" / "crosswarp.toml"
    candidates = [folder / "crosswarp.toml" for folder in (here, *here.parents)] + [home]
    return next((path for path in candidates if path.is_file()), None)


def _read(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(path.read_text())
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise user_error(f"cannot read {path}: {error}", "CW2001") from error
