"""What every layer may use: paths, the toolchain, diagnostics, ELF files."""
