"""Texture and surface operations (`runtime_shim/include/crosswarp/operations_texture.def`). The interpreter does not run them.

A texture operation's parameters: the object, the layer where there are layers, coordinates, then the level or two derivatives.
"""

from __future__ import annotations

from collections.abc import Iterator

from crosswarp.ir.operations.record import NEVER, OPERANDS, READ, WRITE, Operation, operation

_RESULTS = {"f32": "<4 x float>", "s32": "<4 x i32>", "u32": "<4 x i32>"}
# Dimension -> coordinates and the type of a derivative.
_DIMENSIONS = {"1d": (1, "float"), "2d": (2, "<2 x float>"), "3d": (3, "<4 x float>"), "cube": (3, "<4 x float>")}
_LAYERED = ("1d", "2d", "cube")
_ELEMENTS = {"i8": "i8", "i16": "i16", "i32": "i32", "i64": "i64", "v4i32": "<4 x i32>"}
_SURFACES = {"1d": 1, "2d": 2, "3d": 3, "1d.array": 2, "2d.array": 3}


def _textures() -> Iterator[Operation]:
    for kind, result in _RESULTS.items():
        yield operation(f"__cw.tex.fetch.{kind}", f"{result} (i64, i32)", READ, OPERANDS, "element of linear memory")
        yield operation(f"__cw.tex.gather.{kind}", f"{result} (i64, float, float, i32)", READ, OPERANDS,
                        "one channel of four neighbours")
        for dimension, (coordinates, change) in _DIMENSIONS.items():
            plain = ["i64", *["float"] * coordinates]
            yield from _sampled(dimension, kind, result, plain, change)
            if dimension in _LAYERED:
                yield from _sampled(f"{dimension}.array", kind, result, [plain[0], "i32", *plain[1:]], change)


def _sampled(dimension: str, kind: str, result: str, parameters: list[str], change: str) -> Iterator[Operation]:
    for prefix, extra, meaning in (("", [], "sample of level 0"), ("level.", ["float"], "sample at a level of detail"),
                                   ("grad.", [change, change], "sample at the level that derivatives give")):
        types = ", ".join(parameters + extra)
        yield operation(f"__cw.tex.{prefix}{dimension}.{kind}", f"{result} ({types})", READ, OPERANDS, meaning)


def _surfaces() -> Iterator[Operation]:
    for dimension, coordinates in _SURFACES.items():
        place = ", ".join(["i64", *["i32"] * coordinates])
        for boundary in ("trap", "clamp", "zero"):
            for name, type_ in _ELEMENTS.items():
                end = f"{dimension}.{boundary}.{name}"
                yield operation(f"__cw.suld.{end}", f"{type_} ({place})", READ, OPERANDS, "element of a surface")
                yield operation(f"__cw.sust.{end}", f"void ({place}, {type_})", WRITE, NEVER, "store to a surface")


OPERATIONS = [*_textures(), *_surfaces()]
