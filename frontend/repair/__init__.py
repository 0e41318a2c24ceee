"""What nvcc takes and clang refuses: sources are rewritten where clang says so, and compiled again (docs/dialect.md)."""
