"""Another CUDA toolkit among the include folders: its copies of CUDA's headers are not taken, what only it has is."""

import pytest


@pytest.mark.parametrize("word", ["-I", "-isystem="])
@pytest.mark.parametrize("name", ["cuda_runtime_api.h", "cuda_fp16.h"])
def test_our_headers_come_first(crosswarp_nvcc, tmp_path, word, name):
    folder = tmp_path / "include"
    folder.mkdir()
    (folder / name).write_text("#error the other toolkit\n")
    (folder / "library.h").write_text("#define VALUE 3\n")
    source = tmp_path / "x.cu"
    source.write_text(f"#include <{name}>\n#include <library.h>\nint main() {{ return VALUE; }}\n")
    crosswarp_nvcc("-c", f"{word}{folder}", source, "-o", tmp_path / "x.o", "--targets=cpu")


def test_a_project_s_own_headers_come_before_ours(crosswarp_nvcc, tmp_path):
    (tmp_path / "vector_types.h").write_text("#define MINE 1\n#include_next <vector_types.h>\n")
    source = tmp_path / "x.cu"
    source.write_text("#include <vector_types.h>\n#ifndef MINE\n#error not mine\n#endif\n")
    crosswarp_nvcc("-c", f"-I{tmp_path}", source, "-o", tmp_path / "x.o", "--targets=cpu")


def test_system_folders_come_before_the_standard_ones(crosswarp_nvcc, tmp_path):
    """As with g++: `-isystem` wins over `/usr/include`, in both passes, and a folder that is standard anyway stays in its place."""
    (tmp_path / "langinfo.h").write_text("#define MINE 1\n")
    source = tmp_path / "x.cu"
    source.write_text("#include <cstdlib>\n#include <langinfo.h>\n#ifndef MINE\n#error not mine\n#endif\n")
    crosswarp_nvcc("-c", f"-isystem={tmp_path}", "-isystem=/usr/include", source, "-o", tmp_path / "x.o", "--targets=cpu")
