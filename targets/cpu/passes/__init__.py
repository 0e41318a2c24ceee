"""Passes that only a CPU needs. `crosswarp.targets.cpu.lower` has their order."""
