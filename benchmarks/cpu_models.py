"""Times the CPU target's execution models on the kernels of `cpu_models.cu` and prints a table.

    python benchmarks/cpu_models.py [arch]

Best of nine runs, in milliseconds, launch included. `docs/cpu.md` records figures and what they are compared with.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

SOURCE = Path(__file__).with_suffix(".cu")
WORK = {
    "saxpy": "16 M floats, loop model",
    "matmul": "1024 x 1024, tiles of 16 x 16, two barriers a tile",
    "block_reduce": "16 M floats, blocks of 256, nine barriers",
    "warp_reduce": "16 M floats, five shuffles",
    "histogram": "16 MB, shared atomics",
    "stencil": "4096 x 4096, five points, loop model",
    "nothing": "one empty thread: launch and finish",
}


def main() -> int:
    """Compile, run, print; the exit status of what failed."""
    arch = sys.argv[1] if len(sys.argv) > 1 else "cpu"
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / "cpu_models"
        command = [sys.executable, "-m", "crosswarp.driver.nvcc", f"-arch={arch}", "-O2", str(SOURCE), "-o", str(program)]
        compiled = subprocess.run(command, check=False)
        if compiled.returncode:
            return compiled.returncode
        done = subprocess.run([program], capture_output=True, text=True, check=False)
    print(f"{'kernel':14} {'ms':>9}  work")
    for line in done.stdout.splitlines():
        name, _, best = line.partition(" ")
        print(f"{name:14} {best:>9}  {WORK.get(name, '')}")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
