"""The catalogue's names as a scan looks them up, and which names look like CUDA's though no record has them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from crosswarp.cuda_api_coverage.catalogue.load import Catalogue, catalogue
from crosswarp.cuda_api_coverage.catalogue.model import Entry

_LIBRARIES = "cublas|cufft|curand|cusparse|cusolver|cudnn|nvrtc|nvml|nccl|cudss|cutensor|nvjpeg|cufile|cupti|nvtx"
LOOKS_LIKE_CUDA = re.compile(
    rf"""cuda[A-Z]\w*                      # the runtime
  | cu[A-Z][a-z]\w*                        # the driver
  | CU(?:DA|DNN|BLAS|FFT|RAND|SPARSE|SOLVER)?_\w+ | CUDART_\w+ | NVRTC_\w+ | NVML_\w+
  | (?:{_LIBRARIES})[A-Z]\w*
  | nppi?[A-Z]\w*
  | __nv_\w+ | __cuda_?\w+""",
    re.X,
)


@dataclass(frozen=True)
class Names:
    """`plain` has what a source may write as one word."""

    plain: dict[str, tuple[Entry, ...]] = field(default_factory=dict)


@lru_cache
def names_of_catalogue() -> Names:
    """Those of this version's catalogue."""
    return names_of(catalogue())


def names_of(known: Catalogue) -> Names:
    """Those of a catalogue."""
    return Names(known.by_name)
