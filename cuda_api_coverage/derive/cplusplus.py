"""How libclang reads our headers as C++: with the standard library and the C library of the `ziglang` wheel, set up as zig does."""

from __future__ import annotations

from crosswarp.support.toolchain import zig_root

# What zig defines for libc++, whose own configuration header it leaves out.
_LIBCXX = ("ABI_VERSION=1", "ABI_NAMESPACE=__1", "HAS_THREADS=1", "HAS_MONOTONIC_CLOCK=1", "HAS_TERMINAL=1", "HAS_MUSL_LIBC=0",
           "HAS_THREAD_API_PTHREAD=1", "HARDENING_MODE=_LIBCPP_HARDENING_MODE_NONE",
           "ASSERTION_SEMANTIC_DEFAULT=_LIBCPP_ASSERTION_SEMANTIC_IGNORE", "HAS_FILESYSTEM=1", "HAS_LOCALIZATION=1",
           "HAS_WIDE_CHARACTERS=1", "HAS_UNICODE=1", "HAS_RANDOM_DEVICE=1", "PSTL_BACKEND_SERIAL=1",
           "HAS_VENDOR_AVAILABILITY_ANNOTATIONS=0", "HAS_TIME_ZONE_DATABASE=1")  # fmt: skip
_HEADERS = ("libcxx/include", "include", "libc/include/x86-linux-gnu", "libc/include/generic-glibc", "libc/include/x86-linux-any",
            "libc/include/any-linux-any")  # fmt: skip


def cplusplus_flags() -> list[str]:
    """For a translation unit of C++17 on Linux."""
    folders = [word for folder in _HEADERS for word in ("-isystem", str(zig_root() / "lib" / folder))]
    target = ["-x", "c++", "-std=c++17", "--target=x86_64-linux-gnu", "-nostdinc++", "-nostdlibinc", "-D__GLIBC_MINOR__=31"]
    return [*target, *folders, *(f"-D_LIBCPP_{macro}" for macro in _LIBCXX)]
