"""cuda.h: every value, layout and prototype that we declare, asserted by NVIDIA's compiler against its own header.

The assertions are made from our header by libclang, so that none is kept by hand. NVIDIA's compiler is of CUDA 13.0, ours speaks
12.9: what differs is named here.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from clang.cindex import Cursor, CursorKind, Index, TypeKind
from crosswarp.support.paths import include_dir

# Names that CUDA 13.0 gave to another form of the entry (crosswarp/driver/overloads.h), or took away.
CHANGED_IN_13 = {
    "cuCtxCreate_v2", "cuCtxCreate_v3", "cuMemAdvise", "cuMemPrefetchAsync", "cuMemcpyBatchAsync", "cuMemcpy3DBatchAsync",
    "cuStreamGetCaptureInfo_v2", "cuStreamUpdateCaptureDependencies", "cuGraphAddDependencies", "cuGraphRemoveDependencies",
    "cuGraphGetEdges", "cuGraphNodeGetDependencies", "cuGraphNodeGetDependentNodes", "cuGraphAddNode", "cuEventElapsedTime",
    "cuDeviceGetUuid", "cuGraphInstantiate", "CU_DEVICE_ATTRIBUTE_MAX", "CU_JIT_NUM_OPTIONS", "CU_TARGET_COMPUTE_101",
    "CU_TARGET_COMPUTE_101A", "CU_TARGET_COMPUTE_101F", "CUdevSmResource", "CUcheckpointRestoreArgs",
}


def _declarations() -> Iterator[Cursor]:
    unit = Index.create().parse("all.cpp", ["-std=c++17", "-I", str(include_dir())], [("all.cpp", "#include <cuda.h>\n")])
    for cursor in unit.cursor.get_children():
        if cursor.location.file is not None and "/crosswarp/driver/" in cursor.location.file.name:
            yield cursor


def _assertion(condition: str) -> str:
    return f'static_assert({condition}, "{condition}");'


def _layout(name: str, record: Cursor) -> Iterator[str]:
    if name in CHANGED_IN_13:
        return
    yield _assertion(f"sizeof({name}) == {record.type.get_size()}")
    for field in record.type.get_fields():
        if field.spelling and not field.is_anonymous():
            offset = record.type.get_offset(field.spelling) // 8
            yield _assertion(f"offsetof({name}, {field.spelling}) == {offset}")


def _prototype(function: Cursor) -> str:
    name = function.spelling
    return _assertion(f"std::is_same<decltype(&{name}), {function.result_type.spelling} (*)({_parameters(function)})>::value")


def _parameters(function: Cursor) -> str:
    return ", ".join(argument.type.spelling for argument in function.get_arguments())


def _facts() -> Iterator[str]:
    for cursor in _declarations():
        if cursor.kind == CursorKind.ENUM_DECL:
            for constant in (c for c in cursor.get_children() if c.spelling not in CHANGED_IN_13):
                yield _assertion(f"static_cast<long long>({constant.spelling}) == {constant.enum_value}LL")
        elif cursor.kind == CursorKind.TYPEDEF_DECL:
            record = cursor.underlying_typedef_type.get_canonical()
            if record.kind == TypeKind.RECORD and record.get_size() > 0:
                yield from _layout(cursor.spelling, record.get_declaration())
        elif cursor.kind == CursorKind.LINKAGE_SPEC:
            functions = (child for child in cursor.get_children() if child.kind == CursorKind.FUNCTION_DECL)
            yield from (_prototype(function) for function in functions if function.spelling not in CHANGED_IN_13)


def test_there_are_facts():
    assert len(list(_facts())) > 2000


@pytest.mark.slow
@pytest.mark.needs_nvcc
def test_nvcc_agrees(tmp_path: Path):
    source = tmp_path / "facts.cpp"
    source.write_text("#include <cuda.h>\n#include <cstddef>\n#include <type_traits>\n" + "\n".join(_facts()))
    command = ["nvcc", "-std=c++17", "-c", str(source), "-o", str(tmp_path / "facts.o")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-6000:]
