from setuptools import setup
from torch.utils.cpp_extension import BuildExtension, CUDAExtension

setup(
    name="fused_ops",
    version="1.0",
    packages=[],
    ext_modules=[CUDAExtension("fused_ops", ["fused_ops.cpp", "fused_ops_kernels.cu"])],
    cmdclass={"build_ext": BuildExtension},
)
