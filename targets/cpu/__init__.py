"""The CPU target: kernels as native shared objects for x86-64 and aarch64. `docs/cpu.md` describes the execution models."""
