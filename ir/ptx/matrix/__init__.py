"""Matrices that a warp holds together, a few elements in each lane: `mma`, `wmma`, `ldmatrix` and their kin."""
