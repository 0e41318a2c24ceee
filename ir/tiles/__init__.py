"""Matrices that a warp holds together: their layouts as values, the operations on them, and what targets do natively."""
