"""Passes over the portable IR. A pass reads facts about the target and never its name."""
