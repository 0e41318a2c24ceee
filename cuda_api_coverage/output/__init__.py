"""A scan as text, JSON, SARIF, Markdown or HTML."""
