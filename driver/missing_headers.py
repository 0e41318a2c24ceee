"""What to say where a header is not found that comes in a wheel of its own (CUB, Thrust, libcu++), or that nobody here has.

x.cu:1:10: fatal error: 'cub/cub.cuh' file not found
  help: CUB, Thrust and libcu++ are an extra: pip install 'crosswarp[cccl]'
"""

from __future__ import annotations

import re

from crosswarp.driver.nvidia_libraries import HINT, NAMES
from crosswarp.support.paths import cccl_dir

# clang's words, then g++'s.
_NAME = r"(?:cub|thrust|cuda|nv)/[\w./-]+"
_MISSING = re.compile(rf"fatal error: (?:'{_NAME}' file not found|{_NAME}: No such file or directory)")
_ELSEWHERE = re.compile(rf"fatal error: '?(?:{NAMES})\w*(?:/[\w./-]+)?\.h(?:' file not found|: No such file or directory)")
_HINT = "\n  help: CUB, Thrust and libcu++ are an extra: pip install 'crosswarp[cccl]'"


def missing_header_hint(message: str) -> str:
    """Text to put behind a compiler's message: the hint, or nothing where the message is about something else."""
    if _ELSEWHERE.search(message):
        return f"\n  help: {HINT}"
    return _HINT if _MISSING.search(message) and cccl_dir() is None else ""
