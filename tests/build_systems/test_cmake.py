"""CMake takes our nvcc for NVIDIA's, with nothing set but the documented variable. `make build-systems`: every CMake with CUDA."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.build_systems.workplace import Project

CPU_ONLY = {"CROSSWARP_TARGETS": "cpu"}
NEWEST = "4.4.4"
# The first that has CUDA as a language, the first with CMAKE_CUDA_ARCHITECTURES, the last with FindCUDA by default, ...
OLDER = ["3.8.2", "3.13.3", "3.18.4.post1", "3.20.5", "3.24.3", "debian", "3.27.9", "3.31.10"]
GENERATORS = ["Ninja", "Unix Makefiles"]
Make = Callable[..., Project]
Tool = Callable[[str], Path]


@pytest.fixture(autouse=True)
def programs(needs: Callable[..., None]):
    needs("ninja", "make", "g++")


def configured(work: Project, cmake: Path, *words: str, **variables: str | Path) -> str:
    """Configures in the folder `build`, the way old CMakes understand too. Returns what was printed."""
    return work(cmake, "-H.", "-Bbuild", *words, **CPU_ONLY, **variables).stdout


def built_and_tested(work: Project, cmake: Path, folder: str = "build") -> str:
    """Builds, runs CTest on the CPU device. Returns what the build printed."""
    text = work(cmake, "--build", folder, **CPU_ONLY).stdout
    work(cmake.with_name("ctest"), "--output-on-failure", cwd=work.folder / folder, CROSSWARP_DEVICE="cpu")
    return text


def for_this_cmake(work: Project, version: str) -> None:
    """Lower the least version that a project names to what a CMake before 3.18 accepts."""
    if version.split(".")[:2] in (["3", "8"], ["3", "13"]):
        lists = work.folder / "CMakeLists.txt"
        lists.write_text(lists.read_text().replace("VERSION 3.18", "VERSION 3.8"))


@pytest.mark.parametrize("generator", ["Ninja", pytest.param("Unix Makefiles", marks=pytest.mark.slow)])
@pytest.mark.parametrize("version", [NEWEST, *(pytest.param(version, marks=pytest.mark.slow) for version in OLDER)])
def test_basic(project: Make, toolkit: Path, cmake: Tool, version: str, generator: str):
    """Shared, static and object libraries, separable compilation; header changes; a path with a space in it."""
    work, program = project("cmake_basic", "a folder"), cmake(version)
    for_this_cmake(work, version)
    text = configured(work, program, "-G", generator, CUDACXX=toolkit / "bin" / "nvcc")
    assert "The CUDA compiler identification is NVIDIA 12.9.86" in text
    built_and_tested(work, program)
    if version == NEWEST and generator == "Ninja":
        header = work.folder.parent / "shared" / "on_device.hpp"
        header.write_text(header.read_text() + "\n")
        text = work(program, "--build", "build", **CPU_ONLY).stdout
        rebuilt = {"shared.cu", "object.cu", "separate.cu"}
        assert {name for name in (*rebuilt, "static.cu", "main.cpp") if f"{name}.o" in text} == rebuilt


@pytest.mark.slow
@pytest.mark.parametrize("version", [NEWEST, *OLDER[OLDER.index("3.18.4.post1") :]])
def test_features(project: Make, toolkit: Path, cmake: Tool, version: str):
    work, program = project("cmake_features"), cmake(version)
    text = configured(work, program, "-G", "Ninja", CUDACXX=toolkit / "bin" / "nvcc")
    assert f"toolkit 12.9.86 {toolkit} {toolkit}/lib64" in text
    assert re.search(r"compiler NVIDIA 12\.9\.86 host \S*/(g\+\+|c\+\+)", text)
    assert "try_run TRUE 0" in text
    components = re.findall(r"component (\w+)", text)
    assert components == ["cudart", "cudart_static", "cuda_driver", "nvrtc", "toolkit"]  # what is not there is not pretended
    built_and_tested(work, program)
    assert ".target sm_80" in (work.folder / "build/CMakeFiles/ptx.dir/helper.ptx").read_text()


@pytest.mark.slow
@pytest.mark.parametrize("version", [NEWEST, *OLDER])
def test_find_cuda(project: Make, toolkit: Path, cmake: Tool, version: str):
    """The old FindCUDA.cmake, its macros and its dependency files."""
    work, program = project("cmake_legacy"), cmake(version)
    text = configured(work, program, CUDA_PATH=toolkit)
    assert f"toolkit 12.9 {toolkit}" in text
    assert "arch=compute_80,code=sm_80" in text  # what Auto finds: the CPU device's compute capability
    built_and_tested(work, program)
    scale = work.folder / "include" / "scale.h"
    scale.write_text(scale.read_text().replace("2", "3"))
    work(program, "--build", "build", **CPU_ONLY)
    assert work.runs("build/app") == "62\n"


@pytest.mark.slow
@pytest.mark.parametrize("how", ["CUDACXX", "CUDAHOSTCXX", "PATH", "CUDA_PATH", "CMAKE_CUDA_COMPILER", "toolchain file", "preset"])
@pytest.mark.parametrize("version", [NEWEST, "3.18.4.post1", "debian"])
def test_ways_to_name_the_compiler(project: Make, toolkit: Path, cmake: Tool, version: str, how: str):
    if how in ("preset", "CUDA_PATH") and version == "3.18.4.post1":
        pytest.skip("came with a later CMake")
    work, program, nvcc = project("cmake_basic"), cmake(version), toolkit / "bin" / "nvcc"
    words: list[str] = []
    variables: dict[str, str | Path] = {}
    if how in ("CUDACXX", "CUDAHOSTCXX"):
        variables = {"CUDACXX": nvcc, **({"CUDAHOSTCXX": "/usr/bin/g++"} if how == "CUDAHOSTCXX" else {})}
    elif how == "PATH":
        variables = {"PATH": f"{nvcc.parent}:{work.environment['PATH']}"}
    elif how == "CUDA_PATH":
        variables = {"CUDA_PATH": toolkit}
    elif how == "CMAKE_CUDA_COMPILER":
        words = [f"-DCMAKE_CUDA_COMPILER={nvcc}"]
    elif how == "toolchain file":
        (work.folder / "tools.cmake").write_text(f'set(CMAKE_CUDA_COMPILER "{nvcc}")\n')
        words = ["-DCMAKE_TOOLCHAIN_FILE=tools.cmake"]
    else:
        (work.folder / "CMakePresets.json").write_text(PRESETS.replace("NVCC", str(nvcc)))
        words = ["--preset", "crosswarp"]
    work(program, *(words if how == "preset" else ["-H.", "-Bbuild", *words]), **CPU_ONLY, **variables)
    found = next((work.folder / "build").rglob("CMakeCUDACompiler.cmake")).read_text()
    assert f'CMAKE_CUDA_COMPILER_TOOLKIT_ROOT "{toolkit}"' in found
    built_and_tested(work, program)


PRESETS = """{"version": 2, "configurePresets": [{"name": "crosswarp", "generator": "Ninja", "binaryDir": "${sourceDir}/build",
 "environment": {"CUDACXX": "NVCC"}, "cacheVariables": {"CMAKE_CUDA_ARCHITECTURES": "80"}}]}
"""


@pytest.mark.slow
@pytest.mark.parametrize("version", [NEWEST, "debian", "3.18.4.post1"])
def test_find_package_without_the_language(project: Make, toolkit: Path, cmake: Tool, version: str):
    """A C++ project that calls the runtime: the toolkit is found by `CUDAToolkit_ROOT`."""
    work, program = project("cmake_features"), cmake(version)
    (work.folder / "CMakeLists.txt").write_text("""cmake_minimum_required(VERSION 3.18)
project(host CXX)
find_package(CUDAToolkit 12.0 REQUIRED)
add_executable(host host.cpp)
target_link_libraries(host PRIVATE CUDA::cudart_static)
if(MISSING)
  target_link_libraries(host PRIVATE CUDA::cublas)
endif()
""")
    configured(work, program, f"-DCUDAToolkit_ROOT={toolkit}")
    work(program, "--build", "build")
    assert work.runs("build/host") == "42\n"
    done = work(program, "-H.", "-Bmissing", "-DMISSING=ON", f"-DCUDAToolkit_ROOT={toolkit}", check=False)
    assert done.returncode and "CUDA::cublas" in done.stderr


# The value, and what nvcc is told.
ARCHITECTURES = [("80", "arch=compute_80,code=[compute_80,sm_80]"), ("75;86", "arch=compute_86,code=[compute_86,sm_86]"),
                 ("80-real;90-virtual", "arch=compute_90,code=[compute_90]"), ("90a", "arch=compute_90a,code=[compute_90a,sm_90a]"),
                 ("all", "-arch=all"), ("all-major", "-arch=all-major"), ("native", "-arch=native"), ("OFF", "")]


@pytest.mark.slow
@pytest.mark.parametrize("version", [NEWEST, "debian", "3.18.4.post1"])
@pytest.mark.parametrize("asked", ARCHITECTURES, ids=[value for value, _ in ARCHITECTURES])
def test_architectures(project: Make, toolkit: Path, cmake: Tool, version: str, asked: tuple[str, str]):
    """The tests of the project run, with `native` too: on a machine without a GPU that is the CPU."""
    value, word = asked
    if version == "3.18.4.post1" and not re.fullmatch(r"[\d;]+|\d.*(real|virtual)|OFF", value):
        pytest.skip(f"CMake 3.18 does not know '{value}'")
    work, program = project("cmake_basic"), cmake(version)
    configured(work, program, "-G", "Ninja", f"-DCMAKE_CUDA_ARCHITECTURES={value}", CUDACXX=toolkit / "bin" / "nvcc")
    text = work(program, "--build", "build", "--verbose", **CPU_ONLY).stdout
    command = next(line for line in text.splitlines() if "-c" in line and "shared.cu" in line)
    assert word.replace("[", "").replace("]", "") in re.sub(r'[\[\]"\\]', "", command), command
    assert word or not re.search("-arch|generate-code", command)
    work(program.with_name("ctest"), cwd=work.folder / "build", CROSSWARP_DEVICE="cpu")


@pytest.mark.slow
@pytest.mark.parametrize("version", [NEWEST, "debian", "3.18.4.post1"])
@pytest.mark.parametrize("how", ["installed", "subdirectory"])
def test_libraries_of_another_project(project: Make, toolkit: Path, cmake: Tool, version: str, how: str):
    """A static library with relocatable device code, installed and exported, or a part of the build as FetchContent makes it."""
    package, consumer, program = project("cmake_package"), project("cmake_consumer"), cmake(version)
    nvcc, prefix = toolkit / "bin" / "nvcc", package.folder.parent / "installed"
    if how == "installed":
        configured(package, program, f"-DCMAKE_INSTALL_PREFIX={prefix}", CUDACXX=nvcc)
        package(program, "--build", "build", "--target", "install", **CPU_ONLY)
        words = [f"-DCMAKE_PREFIX_PATH={prefix}"]
    else:
        words = [f"-DSUBDIRECTORY={package.folder}"]
    configured(consumer, program, *words, CUDACXX=nvcc)
    consumer(program, "--build", "build", **CPU_ONLY)
    assert consumer.runs("build/app") == "42 42\n"


@pytest.mark.slow
@pytest.mark.parametrize("version", [NEWEST, "debian"])
def test_link_time_optimisation_and_response_files(project: Make, toolkit: Path, cmake: Tool, version: str):
    work, program = project("cmake_basic"), cmake(version)
    lists = work.folder / "CMakeLists.txt"
    lists.write_text(lists.read_text().replace("enable_testing()", """
foreach(i RANGE 400)
  target_include_directories(separate PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/a_rather_long_name_of_an_include_directory/number_${i})
endforeach()
set_target_properties(separate static_part PROPERTIES INTERPROCEDURAL_OPTIMIZATION ON)
enable_testing()"""))
    configured(work, program, "-DCMAKE_CUDA_USE_RESPONSE_FILE_FOR_INCLUDES=ON", "-DCMAKE_CUDA_RESPONSE_FILE_FLAG=--options-file ",
               "-DCMAKE_CUDA_ARCHITECTURES=80", "-G", "Unix Makefiles", CUDACXX=toolkit / "bin" / "nvcc")
    built_and_tested(work, program)
    assert list((work.folder / "build").rglob("includes_CUDA.rsp"))


@pytest.mark.slow
def test_optix_is_refused(project: Make, toolkit: Path, cmake: Tool):
    work, program = project("cmake_features"), cmake(NEWEST)
    (work.folder / "CMakeLists.txt").write_text("""cmake_minimum_required(VERSION 3.27)
project(optix CUDA)
add_library(optix OBJECT helper.cu)
set_target_properties(optix PROPERTIES CUDA_OPTIX_COMPILATION ON)
""")
    configured(work, program, CUDACXX=toolkit / "bin" / "nvcc")
    done = work(program, "--build", "build", check=False, **CPU_ONLY)
    assert done.returncode and "OptiX IR is NVIDIA's private format" in done.stdout + done.stderr
