"""Calls of the runtime's entries with valid and with wrong arguments, each in a process of its own, and what they answered."""
