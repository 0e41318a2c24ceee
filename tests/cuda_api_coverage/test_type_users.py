"""Types are refused where all functions that take them are, however deep in a structure they stand."""

from pathlib import Path

from crosswarp.cuda_api_coverage.catalogue.load import catalogue
from crosswarp.cuda_api_coverage.catalogue.model import Entry, Kind, State
from crosswarp.cuda_api_coverage.derive.type_users import users
from crosswarp.cuda_api_coverage.derive.types import type_entries

HEADER = """
enum Colour { Red };
struct Paint { enum Colour colour; struct Paint* next; };
typedef struct Paint PaintOnce;
struct Box { union { PaintOnce paint[2]; int number; } u; };
typedef struct Lone_st* Lone;
void cudaFill(struct Box* const* boxes, int count);
void cudaDraw(Lone one, enum Colour colour);
"""


def test_users_reach_through_pointers_arrays_and_members(tmp_path: Path):
    (tmp_path / "drawing.h").write_text(HEADER)
    fill, draw = frozenset(("cudaFill",)), frozenset(("cudaDraw",))
    found = users(("drawing.h",), tmp_path)
    assert found == {"Box": fill, "PaintOnce": fill, "Paint": fill, "Colour": fill | draw, "Lone": draw, "Lone_st": draw}


def test_types_of_refused_functions_are_refused():
    states = {entry.name: entry.state for entry in catalogue().of("runtime_types")}
    assert states["cudaExternalMemoryHandleDesc"] is states["cudaExternalMemoryHandleTypeOpaqueFd"] is State.REFUSED
    assert states["cudaMemcpy3DParms"] is states["cudaMemcpyHostToDevice"] is State.IMPLEMENTED


def test_a_function_that_works_makes_its_types_work():
    kept = [Entry("runtime_types", "cudaExternalMemoryHandleDesc", Kind.TYPE)]
    refused = [Entry("runtime", "cudaImportExternalMemory", Kind.FUNCTION, state=State.REFUSED)]
    assert type_entries(("cuda_runtime_api.h",), kept, refused)[0].state is State.REFUSED
    assert type_entries(("cuda_runtime_api.h",), kept, ())[0].state is State.IMPLEMENTED
