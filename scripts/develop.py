"""Sets up `.venv` for work on Crosswarp itself: dependencies, native parts in `_native/`, and the package as a link."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

from check_types import link_package

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Install what pyproject.toml names, build the native parts, link the package."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", *wanted], check=True)
    for script in ("targets/build.py", "runtime_shim/build.py"):
        subprocess.run([sys.executable, str(ROOT / script), "--out", str(ROOT / "_native")], check=True)
    link_package(ROOT / ".dev")
    Path(sysconfig.get_path("purelib"), "crosswarp-dev.pth").write_text(f"{ROOT / '.dev'}\n")


if __name__ == "__main__":
    main()
