"""A histogram of bytes, by a library of C functions."""

import ctypes
from pathlib import Path

import numpy as np

_library = ctypes.CDLL(str(Path(__file__).with_name("libhistogram.so")))
_library.histogram.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_void_p]
_library.histogram.restype = ctypes.c_int


def histogram(values):
    """How often each of the 256 values is in an array of uint8."""
    values = np.ascontiguousarray(values, dtype=np.uint8)
    counts = np.zeros(256, dtype=np.uint32)
    status = _library.histogram(values.ctypes.data, values.size, counts.ctypes.data)
    if status:
        raise RuntimeError(f"CUDA error {status}")
    return counts
