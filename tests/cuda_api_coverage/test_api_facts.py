"""How the versions of NVIDIA's names are read from what others publish, and what is believed where they differ."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))
from api_facts import callbacks, cudarc, hipify
from api_facts.families import families_of, fill_groups, header_of
from api_facts.history import Name, combined
from crosswarp.cuda_api_coverage.catalogue.model import Kind

EVERY = ["11.4", "12.0", "12.9", "13.0"]
RUST = """\
#[cfg(any(feature = "cuda-11040", feature = "cuda-12000", feature = "cuda-12090", feature = "cuda-13000"))]
pub const cudaAll: u32 = 4;
#[cfg(any(
    feature = "cuda-12090",
    feature = "cuda-13000"
))]
#[repr(u32)]
pub enum cudaKind_enum {
    cudaKindOld = 0,
    #[cfg(any(feature = "cuda-13000"))]
    cudaKindNew = 1,
}
#[cfg(any(feature = "cuda-13000"))]
impl cudaKind_enum {
    pub const cudaKindSame: cudaKind_enum =
        cudaKind_enum::cudaKindOld;
}
pub use self::cudaKind_enum as cudaKind;
extern "C" {
    #[cfg(any(feature = "cuda-11040", feature = "cuda-12000"))]
    pub fn cudaGone(a: i32);
    pub fn cudaStays(a: i32);
}
mod loaded {
    pub unsafe fn cudaElsewhere() {}
"""
TABLE = """\
## **11. Memory Managment [DEPRECATED]**
|`cudaOld`| |10.1| |12.0|`hipOld`|1.6.0| | | | |
## **35. Data types used by CUDA Runtime**
|`cudaKindOld`|8.0| | | | | | | | | |
"""


def test_rust_bindings_tell_kinds_versions_and_values():
    found = cudarc.read(RUST)
    seen = {name: sorted(about.seen) for name, about in found.items()}
    assert seen == {
        "cudaAll": EVERY, "cudaKind_enum": ["12.9", "13.0"], "cudaKindOld": ["12.9", "13.0"], "cudaKindNew": ["13.0"],
        "cudaKindSame": ["13.0"], "cudaKind": EVERY, "cudaGone": ["11.4", "12.0"], "cudaStays": EVERY,
    }
    assert found["cudaKindNew"].kind == found["cudaKindSame"].kind == "enumerator"
    assert found["cudaKindNew"].group == "cudaKind_enum"
    assert found["cudaKindNew"].values == {"13.0": 1}
    assert found["cudaAll"].values == dict.fromkeys(EVERY, 4)


def test_tables_tell_dates_and_sections():
    found = hipify.read(TABLE)
    assert found["cudaOld"] == Name("function", "Memory Management", deprecated="10.1", removed="12.0")
    assert found["cudaKindOld"] == Name("type", since="8.0")


def test_callbacks_tell_old_versions_only():
    text = ("CUPTI_RUNTIME_TRACE_CBID_cudaMallocManaged_v6000 CUPTI_RUNTIME_TRACE_CBID_cudaMalloc_v3020 "
            "CUPTI_RUNTIME_TRACE_CBID_cudaX_v2_v10020 CUPTI_RUNTIME_TRACE_CBID_cudaX_v5050 CUPTI_RUNTIME_TRACE_CBID_cudaNew_v12060")
    assert {"cudaMallocManaged": "6.0", "cudaX": "5.5"}.items() <= callbacks.read(text).items()
    assert {"cudaMalloc", "cudaNew"} & callbacks.read(text).keys() == set()


@pytest.mark.parametrize(
    ("sources", "since", "removed"),
    [
        ({"listed": {"12.9", "13.0"}}, "12.9", ""),
        ({"listed": {"11.4", "13.0"}}, "", ""),  # older than the first version that is known
        ({"listed": {"11.4", "12.9"}}, "", "13.0"),
        ({"listed": {"13.0"}, "bound": {"13.0", "13.1"}}, "13.0", "13.2"),
        ({"bound": {"13.2", "13.3", "13.4", "13.5"}}, "13.2", ""),
        ({"bound": {"12.1", "13.5"}}, "", ""),  # bindings of that time had only a part
        ({"exported": {"11.7", "13.5"}}, "", ""),
        ({"exported": {"13.3", "13.5"}}, "13.3", ""),
    ],
)
def test_dates_follow_from_the_versions_that_have_a_name(sources, since, removed):
    given = {source: {"cudaName": Name("function", seen=set(seen))} for source, seen in sources.items()}
    found = combined(*(given.get(source, {}) for source in ("listed", "bound", "exported")), {})["cudaName"]
    assert (found.since, found.removed) == (since, removed)


def test_what_became_a_macro_is_not_removed():
    listed = {"cudaName": Name("type", seen={"11.4", "11.8"})}
    assert combined(listed, {}, {}, {"cudaName": Name("type", since="9.0")})["cudaName"].removed == ""
    assert combined(listed, {}, {}, {})["cudaName"].removed == "12.0"


def test_forms_are_one_function():
    listed = {"cuName": Name("function", "Group", seen={"11.4"}), "cuName_v2": Name("function", seen={"12.9", "13.0"})}
    found = combined(listed, {}, {}, {})
    assert list(found) == ["cuName"]
    assert (found["cuName"].group, found["cuName"].removed) == ("Group", "")


def test_names_go_to_families_headers_and_groups():
    functions, others = families_of("runtime")
    assert functions.holds("cudaMalloc", Name("function"))
    assert not functions.holds("make_cudaExtent", Name("function"))
    assert others.holds("cudaError", Name("type")) and not others.holds("CUDART_PI", Name("macro"))
    assert others.kind("cudaEglColorFormatA", Name("type")) is Kind.ENUMERATOR
    assert others.kind("cudaEglFrame_st", Name("type")) is Kind.TYPE
    assert header_of("driver", "cuEGLStreamProducerConnect") == "cudaEGL.h"
    names = {"cudaGraphClone": Name("function", "Graph Management"), "cudaGraphGetId": Name("function")}
    fill_groups(names)
    assert names["cudaGraphGetId"].group == "Graph Management"
