"""NVIDIA GPUs: PTX text, which the driver (or ptxas) assembles for the GPU at hand."""
