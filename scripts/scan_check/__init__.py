"""Checks of `crosswarp coverage PATH` against what was found by hand and by clang's lexer."""
