"""Kernels for tensor cores as CUDA and as written by hand for AMD's matrix units: cases, runs, tables."""
