"""Whole commands answered from the cache: the same words, with the same files, give the same object."""
