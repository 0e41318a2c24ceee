"""clangd reads CUDA sources by the compilation database that a build system writes for our nvcc."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from crosswarp.driver.compile_commands import translated
from crosswarp.support.diagnostics import CompileError

from tests.build_systems.workplace import Project

Make = Callable[..., Project]


def entry(folder: Path, command: str, file: str = "headers.cu") -> dict[str, str]:
    return {"directory": str(folder), "command": command, "file": file}


def check(work: Project, file: str) -> list[str]:
    """clangd's errors in one file, in an editor that has opened the project's folder."""
    done = work("clangd", f"--check={file}", check=False)
    assert "All checks completed" in done.stderr
    return [line for line in done.stderr.splitlines() if line.startswith("E[")]


def translate(work: Project, toolkit: Path, *words: str) -> str:
    return work(toolkit / "bin" / "crosswarp", "compile-commands", *words).stderr


def test_by_the_database_of_a_folder(project: Make, toolkit: Path):
    """No error in what is right; an error of the user's is the only one shown."""
    work = project("editor")
    command = f"ccache {toolkit}/bin/nvcc -forward-unknown-to-host-compiler -DMINUS_ONE=-1 --extended-lambda -arch=sm_80 " \
              "-Xcompiler=-Wall,-fopenmp -MD -MF x.d -x cu -rdc=true -c headers.cu -o headers.o"
    database = work.folder / "compile_commands.json"
    database.write_text(json.dumps([entry(work.folder, command)]))
    assert translate(work, toolkit, ".") == ""
    assert check(work, "headers.cu") == []
    source = work.folder / "headers.cu"
    source.write_text(source.read_text().replace("block.sync()", "block.no_such_member()"))
    errors = check(work, "headers.cu")
    assert errors and all("no_such_member" in line for line in errors)


@pytest.mark.slow
def test_by_cmake(project: Make, toolkit: Path, needs: Callable[..., None]):
    """The recipe of docs/build-systems.md."""
    needs("cmake", "g++", "clangd")
    work = project("editor", "a folder")
    work("cmake", "-B", "build", "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON", CUDACXX=toolkit / "bin" / "nvcc")
    assert translate(work, toolkit, "build") == ""
    assert check(work, "headers.cu") == check(work, "plain.cpp") == []


def test_other_entries_stay(tmp_path: Path):
    nvcc = "/toolkit/bin/nvcc"
    entries = [entry(tmp_path, "g++ -c x.cpp", "x.cpp"), entry(tmp_path, f"{nvcc} --frob -c x.cu", "x.cu"),
               entry(tmp_path, f"{nvcc} -O2 -c y.cpp -o y.o", "y.cpp")]
    path = tmp_path / "compile_commands.json"
    path.write_text(json.dumps(entries))
    result, problems = translated(path)
    assert result[:2] == entries[:2]
    assert len(problems) == 1 and "Unknown option '--frob'" in problems[0]
    assert "-O2" in result[2]["arguments"] and "y.cpp" in result[2]["arguments"]
    path.write_text("[")
    with pytest.raises(CompileError, match="CMAKE_EXPORT_COMPILE_COMMANDS"):
        translated(path)
