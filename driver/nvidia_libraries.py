"""NVIDIA's libraries beside the runtime: by what their names begin with, and what is said where one is missing."""

from __future__ import annotations

NAMES = "cublas|cudnn|cufft|curand|cusolver|cusparse|cutensor|nccl|npp|nvgraph|nvjpeg|nvToolsExt|cudla"
HINT = "one of NVIDIA's libraries beside the runtime, which Crosswarp does not provide"
