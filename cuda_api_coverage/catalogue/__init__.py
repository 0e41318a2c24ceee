"""Every API of CUDA, one record each (`records/*.tsv`), and its status on each device."""
