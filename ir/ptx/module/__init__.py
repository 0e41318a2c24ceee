"""Whole PTX modules to portable IR, as the front end makes it of CUDA: `read_ptx_module`."""

from crosswarp.ir.ptx.module.reader import read_ptx_module

__all__ = ["read_ptx_module"]
