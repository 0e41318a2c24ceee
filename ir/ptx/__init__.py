"""Inline PTX: text inside `asm("...")` to portable IR. `parser` reads it, `records` say what instructions mean, `binding` checks
registers and types, `translate` makes the IR. Whatever is not known exactly raises `PtxError`.
"""
