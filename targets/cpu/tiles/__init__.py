"""Matrices that a warp holds together, on the CPU: one lane holds and multiplies them for all."""
