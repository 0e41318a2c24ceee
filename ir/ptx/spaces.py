"""PTX's state spaces as LLVM's address spaces. Parameters lie in the frame of their function."""

ADDRESS_SPACES = {"generic": 0, "param": 0, "global": 1, "shared": 3, "const": 4, "local": 5}
SPACES = {0: "generic", 1: "global", 3: "shared", 4: "const", 5: "local"}
"""The other way round."""
