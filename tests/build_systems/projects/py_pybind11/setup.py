"""The usual recipe for setuptools: a compiler class that gives `.cu` files to nvcc, found in CUDA_HOME."""

import os

import pybind11
from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

CUDA = os.environ["CUDA_HOME"]


class BuildCuda(build_ext):
    def build_extensions(self):
        compiler = self.compiler
        compiler.src_extensions.append(".cu")
        compile_one, host_compiler = compiler._compile, compiler.compiler_so

        def compile_any(obj, src, ext, cc_args, extra_postargs, pp_opts):
            is_cuda = ext == ".cu"
            compiler.set_executable("compiler_so", [os.path.join(CUDA, "bin", "nvcc")] if is_cuda else host_compiler)
            compile_one(obj, src, ext, cc_args, extra_postargs["nvcc" if is_cuda else "gcc"], pp_opts)

        compiler._compile = compile_any
        super().build_extensions()


setup(
    packages=[],
    cmdclass={"build_ext": BuildCuda},
    ext_modules=[
        Extension(
            "with_pybind11",
            sources=["module.cu", "checks.cpp"],
            include_dirs=[pybind11.get_include(), os.path.join(CUDA, "include")],
            library_dirs=[os.path.join(CUDA, "lib64")],
            runtime_library_dirs=[os.path.join(CUDA, "lib64")],
            libraries=["cudart"],
            language="c++",
            extra_compile_args={
                "gcc": ["-std=c++17"],
                "nvcc": ["-std=c++17", "-gencode=arch=compute_80,code=sm_80", "--compiler-options", "-fPIC,-fvisibility=hidden"],
            },
        )
    ],
)
