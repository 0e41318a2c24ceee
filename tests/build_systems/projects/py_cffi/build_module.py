"""A module by cffi that links a static library, which nvcc made with its device code already linked."""

import os
import subprocess

from cffi import FFI

NVCC = os.environ.get("CUDACXX", "nvcc")
CUDA = os.path.dirname(os.path.dirname(NVCC))


def static_library():
    os.makedirs("build", exist_ok=True)
    for name in ("scan", "step"):
        subprocess.check_call([NVCC, "-dc", "-Xcompiler", "-fPIC", "-o", f"build/{name}.o", f"{name}.cu"])
    subprocess.check_call([NVCC, "-dlink", "-Xcompiler", "-fPIC", "-o", "build/linked.o", "build/scan.o", "build/step.o"])
    objects = [f"build/{name}.o" for name in ("scan", "step", "linked")]
    subprocess.check_call([NVCC, "-lib", "-o", "build/libscan.a", *objects])
    return os.path.abspath("build/libscan.a")


ffi = FFI()
ffi.cdef("int scan(const int *values, int n, int *sums);")
ffi.set_source(
    "with_cffi",
    "int scan(const int *values, int n, int *sums);",
    extra_objects=[static_library()],
    library_dirs=[os.path.join(CUDA, "lib64")],
    libraries=["cudart_static", "stdc++", "dl", "pthread", "rt"],
)
