"""Build hook: compiles the runtime libraries and the device libraries with the `ziglang` wheel, and puts them into the package.

Nothing but that wheel is needed: no compiler, no network. The two build scripts also run on their own (docs/contracts.md).
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class NativeBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs `targets/build.py` and `runtime_shim/build.py`, then adds what they made to the `crosswarp` package."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before the wheel is packed."""
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        for script in ("targets/build.py", "runtime_shim/build.py"):
            subprocess.run([sys.executable, str(root / script), "--out", str(root / "_native")], check=True, cwd=root)
        build_data["pure_python"] = False
        # Glibc 2.17 is what the runtime libraries are linked against.
        build_data["tag"] = "py3-none-manylinux_2_17_x86_64"
        build_data["force_include"].update(self._native_files(root))

    def _native_files(self, root: Path) -> dict[str, str]:
        native = root / "_native"
        wanted = [*native.glob("devicelib/*.bc"), *native.glob("devicelib/*.symbols"), *native.glob("lib64/*"),
                  *native.glob("openmp/*.bc")]
        return {str(path): f"crosswarp/_native/{path.relative_to(native)}" for path in wanted}
