"""Debug information that leads from instructions to lines of the PTX text: for the messages of passes, and for debuggers."""

from __future__ import annotations

from pathlib import PurePath

from crosswarp.ir.function import Function
from crosswarp.ir.module import Module
from crosswarp.ir.ptx.syntax import Position
from crosswarp.ir.values import Metadata

_FLAGS, _UNITS = "llvm.module.flags", "llvm.dbg.cu"


class Places:
    """One compile unit, whose only file is the text called `name`."""

    def __init__(self, module: Module, name: str) -> None:
        self.module = module
        path = PurePath(name.replace('"', "'").replace("\\", "/"))
        folder = path.parent if path.is_absolute() else ""
        self.file = module.add_metadata(f'!DIFile(filename: "{path.name or "PTX"}", directory: "{folder}")')
        self.unit = module.add_metadata(f"distinct !DICompileUnit(language: DW_LANG_C99, file: {self.file}, isOptimized: true, "
                                        "runtimeVersion: 0, emissionKind: LineTablesOnly)")
        version = module.add_metadata('!{i32 2, !"Debug Info Version", i32 3}')
        module.named_metadata.setdefault(_FLAGS, []).append(version)
        module.named_metadata[_UNITS] = [self.unit]
        types = module.add_metadata("!{}")
        self.type = module.add_metadata(f"!DISubroutineType(types: {types})")

    def enter(self, function: Function, at: Position | None) -> Metadata:
        """The scope of a function's lines."""
        line = at.line if at else 0
        scope = self.module.add_metadata(f'distinct !DISubprogram(name: "{function.name}", scope: {self.file}, file: {self.file}, '
                                         f"line: {line}, type: {self.type}, scopeLine: {line}, spFlags: DISPFlagDefinition, "
                                         f"unit: {self.unit})")
        function.metadata["dbg"] = scope
        return scope


def location(scope: Metadata, at: Position | None) -> Metadata:
    """Where an instruction comes from."""
    line, column = (at.line, at.column) if at else (0, 0)
    return Metadata(f"!DILocation(line: {line}, column: {column}, scope: {scope})")
