from setuptools import setup

setup(packages=[], cffi_modules=["build_module.py:ffi"])
