"""The CUDA runtime of Crosswarp: C++ sources, CUDA headers, and the fat-binary format's Python side."""
