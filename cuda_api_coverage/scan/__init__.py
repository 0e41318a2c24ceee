"""Which APIs a source tree or a binary uses, and where."""
