"""The processors Crosswarp compiles for. `registry.target_for(arch)` finds the one an architecture name belongs to."""
