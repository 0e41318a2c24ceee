"""Attributes are strings in LLVM's spelling; this module knows their names and the few that carry a type.

`byval(%struct.P)` and its like are `TypeAttribute`s: still strings, with the type at hand.
"""

from __future__ import annotations

from collections.abc import Iterable

from crosswarp.ir.names import words
from crosswarp.ir.types import Type

TYPE_ATTRIBUTES = words("byval byref sret inalloca preallocated elementtype")
PARAMETER_ATTRIBUTES = TYPE_ATTRIBUTES | words(
    "zeroext signext noext inreg align alignstack noalias nocapture captures nofree nest returned nonnull dereferenceable "
    "dereferenceable_or_null swiftself swiftasync swifterror immarg noundef nofpclass allocalign allocptr readnone readonly "
    "writeonly writable dead_on_unwind dead_on_return range initializes")
FUNCTION_ATTRIBUTES = words(
    "allocsize allockind alwaysinline builtin cold convergent coro_only_destroy_when_complete coro_elide_safe "
    "disable_sanitizer_instrumentation flatten fn_ret_thunk_extern hot hybrid_patchable inlinehint jumptable memory minsize "
    "mustprogress naked nobuiltin nocallback nocf_check nocreateundeforpoison nodivergencesource noduplicate nofree "
    "noimplicitfloat noinline nomerge nooutline noprofile norecurse noredzone noreturn nosanitize_bounds nosanitize_coverage "
    "nosync nounwind nonlazybind null_pointer_is_valid optdebug optforfuzzing optnone optsize presplitcoroutine readnone "
    "readonly returns_twice safestack sanitize_address sanitize_alloc_token sanitize_hwaddress sanitize_memory "
    "sanitize_memtag sanitize_numerical_stability sanitize_realtime sanitize_realtime_blocking sanitize_thread sanitize_type "
    "shadowcallstack skipprofile speculatable speculative_load_hardening ssp sspreq sspstrong strictfp uwtable vscale_range "
    "willreturn writeonly alignstack denormal_fpenv")


class TypeAttribute(str):
    """`word(type)`, for example `byval(%struct.P)`."""

    word: str
    type: Type

    def __new__(cls, word: str, type: Type) -> TypeAttribute:
        """The text, remembering its parts."""
        self = super().__new__(cls, f"{word}({type})")
        self.word, self.type = word, type
        return self


def attribute_type(attributes: Iterable[str], word: str) -> Type | None:
    """The type of `word(type)` among `attributes`: `attribute_type(argument.attributes, "byval")`."""
    return next((a.type for a in attributes if isinstance(a, TypeAttribute) and a.word == word), None)


def alignment(attributes: Iterable[str]) -> int | None:
    """The number of `align N` among `attributes`, in bytes."""
    return next((int(a[6:]) for a in attributes if a.startswith("align ")), None)
