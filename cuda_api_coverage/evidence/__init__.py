"""Which tests used which API on which device, and passed: written down by programs and compilers while tests run.

`logs` reads what processes wrote, `session` which tests they belong to, `entries` and the other judges say what of it proves an
entry of the catalogue, and `proofs` keeps it (`scripts/evidence.py`).
"""
