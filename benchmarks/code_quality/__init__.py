"""Crosswarp's AMD code beside clang's own HIP mode: compilation, figures, runs, the page."""
