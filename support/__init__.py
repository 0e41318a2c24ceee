"""Leaf helpers every layer may use: paths, toolchain, settings, diagnostics, processes."""
