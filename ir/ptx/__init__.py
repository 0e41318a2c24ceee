"""PTX to portable IR: text inside `asm("...")` (`translate`), and whole modules (`module`). `parser` reads it, `records` say what
instructions mean, `binding` checks registers and types, `body` makes the IR. Whatever is not known exactly raises `PtxError`.
"""
