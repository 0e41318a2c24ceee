"""The arithmetic meaning of operations in plain Python, exact and independent of the rest of the IR."""
