"""Lets the environment of this interpreter see another one's packages, behind its own.

    .torch/bin/python scripts/see_packages.py .venv/bin/python

PyTorch finds Crosswarp by an entry point, so both have to be in one environment; installing Crosswarp a second time would build its
libraries a second time.
"""

from __future__ import annotations

import subprocess
import sys
import sysconfig
from pathlib import Path


def main(other: str) -> None:
    """Write the path file."""
    question = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = subprocess.run([other, "-c", question], capture_output=True, text=True, check=True).stdout.strip()
    Path(sysconfig.get_path("purelib"), "crosswarp.pth").write_text(f"import site; site.addsitedir({packages!r})\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
