"""Files of bare mirrors."""

from __future__ import annotations

import subprocess
from pathlib import Path


def show(repository: Path, path: str, revision: str = "HEAD") -> str:
    """The text of a file."""
    return _git(repository, "show", f"{revision}:{path}")


def tags(repository: Path) -> list[str]:
    """In the order of versions."""
    return _git(repository, "tag", "--sort=version:refname").split()


def _git(repository: Path, *words: str) -> str:
    return subprocess.run(["git", "-C", str(repository), *words], check=True, capture_output=True, text=True).stdout
