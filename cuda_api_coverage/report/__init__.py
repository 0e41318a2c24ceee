"""The page that shows the whole catalogue, and the figures of the README."""
