"""Parts of `scripts/library_names.py` and `scripts/peer_lists.py`: readers of what others publish about CUDA's names."""
