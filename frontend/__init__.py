"""CUDA C++ to portable IR (device pass) and to host objects (host pass), with clang from the `ziglang` wheel."""
