"""Runs mypy over the package, every folder under its import name (`frontend/` is `crosswarp.frontend`)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("driver", "frontend", "ir", "targets", "runtime_shim", "cuda_api_coverage", "support")


def link_package(folder: Path) -> None:
    """Make `folder`/crosswarp a link to the checkout, so that tools see the layout users import."""
    folder.mkdir(exist_ok=True)
    link = folder / "crosswarp"
    if not link.is_symlink():
        link.symlink_to("..", target_is_directory=True)


def main() -> int:
    """Exit status of mypy."""
    link_package(ROOT / ".dev")
    present = [name for name in PACKAGES if any((ROOT / name).rglob("*.py"))]
    words = [word for name in present for word in ("-p", f"crosswarp.{name}")]
    command = [sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml"), *words]
    return subprocess.run(command, cwd=ROOT / ".dev", check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
