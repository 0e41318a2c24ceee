"""The devices that judge matrix products: the CPU, and emulated GPUs with WMMA (gfx11, gfx12) and MFMA (gfx9)."""

DEVICES = ("cpu", "gfx1100", "gfx1201", "gfx90a", "gfx942")
