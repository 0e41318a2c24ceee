"""The toolkit's tools for compiled files: `cuobjdump`, `nvdisasm`, `nvprune`, `bin2c`.

Each has a table of its options, in the form of nvcc's, and a `main` that returns the exit code.
"""
