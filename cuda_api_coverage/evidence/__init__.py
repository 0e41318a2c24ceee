"""Which tests used which API on which device, and passed: written down by programs and compilers while tests run."""
