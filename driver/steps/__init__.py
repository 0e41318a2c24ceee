"""nvcc's steps as programs of their own: `cicc`, `cudafe++`, `ptxas`, `fatbinary`, `nvlink`.

`nvcc -dryrun` prints command lines of these tools (`crosswarp.driver.plan`); run one by one they make the bytes that nvcc makes.
What a step depends on stands in its words and its input file: caches and distributed compilers see nothing else.
"""

from __future__ import annotations

from pathlib import Path

# C source that registers linked device code with the runtime.
LINK_STUB = Path(__file__).parent / "link.stub"
