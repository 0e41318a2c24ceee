"""The fat binary: written by `writer` (Python), read at load by `reader.cpp` in this folder."""
