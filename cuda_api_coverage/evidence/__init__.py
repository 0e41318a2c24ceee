"""Which tests used which API on which device, and passed: written down by programs and compilers while tests run.

`logs` reads what processes wrote, `session` which tests they belong to; `entries`, `device_code` and `sources` say what of it
proves entries of the catalogue; `judge` puts it together; `checking` compares it with `proofs/`, which `scripts/evidence.py`
writes.
"""
