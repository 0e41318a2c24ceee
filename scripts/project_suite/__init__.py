"""Parts of `scripts/projects.py`: the projects' descriptions, their sources, building and testing them, the table."""
