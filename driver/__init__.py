"""Command lines: the drop-in `nvcc`, the `crosswarp` command, and the pipeline that both of them run."""
