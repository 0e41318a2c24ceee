"""Facts about NVIDIA's API names, read from what others publish: which CUDA version brought a name, deprecated it, removed it."""
