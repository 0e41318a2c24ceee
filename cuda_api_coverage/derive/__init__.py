"""What our own sources say: the shim's entries, the headers' declarations, the tables of instructions and options."""
