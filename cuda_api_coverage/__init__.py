"""Which CUDA APIs Crosswarp provides, read from the runtime's own sources: one file per entry, one table of those it refuses."""
