from setuptools import setup
from torch.utils.cpp_extension import BuildExtension, CUDAExtension

setup(
    name="raw_ops",
    version="1.0",
    packages=[],
    ext_modules=[
        CUDAExtension("raw_ops", ["raw_ops.cu", "module.cpp"], extra_compile_args={"cxx": ["-O2"], "nvcc": ["-O3", "-lineinfo"]})
    ],
    cmdclass={"build_ext": BuildExtension.with_options(use_ninja=False)},
)
