"""Which host C++ a program gets, and what a host compiler says of itself."""

import json
import shutil

import pytest
from crosswarp.frontend.host_toolchain import host_toolchain
from crosswarp.support import paths
from crosswarp.support.diagnostics import CompileError


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("CROSSWARP_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.delenv("NVCC_CCBIN", raising=False)
    paths.cache_dir.cache_clear()
    host_toolchain.cache_clear()
    yield
    paths.cache_dir.cache_clear()
    host_toolchain.cache_clear()


def test_zig_serves_where_no_compiler_is_found(monkeypatch):
    monkeypatch.setattr("crosswarp.frontend.host_toolchain.find_program", lambda name: None)
    chosen = host_toolchain()
    assert chosen.kind == "zig"
    assert any(folder.endswith("libcxx/include") for folder in chosen.system_includes)
    assert "__GLIBC_MINOR__=17" in chosen.macros


def test_named_compiler_that_does_not_exist_is_an_error():
    with pytest.raises(CompileError, match="host compiler not found: no-such-compiler"):
        host_toolchain("no-such-compiler")


def test_include_folders_are_remembered(tmp_path, monkeypatch):
    monkeypatch.setenv("CROSSWARP_HOST", "zig")
    first = host_toolchain()
    (kept,) = (tmp_path / "cache" / "host").glob("*.json")
    entry = json.loads(kept.read_text())
    assert entry["includes"] == list(first.system_includes)
    kept.write_text(json.dumps({"includes": ["/elsewhere"], "macros": []}))
    host_toolchain.cache_clear()
    assert host_toolchain().system_includes == ("/elsewhere",)


@pytest.mark.skipif(shutil.which("g++") is None, reason="needs g++")
def test_gcc_becomes_its_cxx_driver_and_private_headers_are_left_out():
    chosen = host_toolchain("gcc")
    assert chosen.command[0].endswith("g++")
    assert chosen.kind == "gnu"
    assert not [folder for folder in chosen.system_includes if "/lib/gcc/" in folder]


@pytest.fixture
def compiler(tmp_path):
    """Makes a program that answers as a compiler for `machine` does."""
    def make(name: str, machine: str, cplusplus: str = "201402L"):
        path = tmp_path / name
        path.write_text(f"""#!/bin/sh
echo '#define __cplusplus {cplusplus}'
{{ echo 'Target: {machine}'; echo '#include <...> search starts here:'; echo " /headers/$1/c++"; echo 'End of search list.'; }} >&2
""")
        path.chmod(0o755)
        return str(path)

    return make


def test_compiler_for_another_machine_is_refused(compiler):
    with pytest.raises(CompileError, match=r"aarch64-linux-gnu-g.. compiles for aarch64-linux-gnu"):
        host_toolchain(compiler("aarch64-linux-gnu-g++", "aarch64-linux-gnu"))


def test_folder_wrapper_and_default_dialect(compiler, tmp_path):
    named = compiler("clang++", "x86_64-pc-linux-gnu")
    assert host_toolchain(str(tmp_path)).command == (named,)
    assert host_toolchain(named).standard == "gnu++14"
    wrapper = host_toolchain(f"{compiler('ccache', 'x86_64-linux-gnu', '202002L')} gcc-9")
    assert wrapper.command[1:] == ("g++-9",)
    assert (wrapper.standard, wrapper.system_includes) == ("gnu++20", ("/headers/g++-9/c++",))


def test_words_that_choose_a_library_are_asked_with(compiler):
    named = compiler("g++", "x86_64-linux-gnu")
    assert host_toolchain(named, ("-stdlib=libc++", "-O2")).system_includes == ("/headers/-stdlib=libc++/c++",)
