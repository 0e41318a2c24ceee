"""Configuration: environment over file over defaults."""

from __future__ import annotations

from pathlib import Path

import pytest
from crosswarp.driver.native import native_amd
from crosswarp.driver.settings import DEFAULT_TARGETS, load_settings
from crosswarp.support.diagnostics import CompileError


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name in ("TARGETS", "CUDA_ARCH", "CACHE", "CACHE_GB", "CUBIN", "CONFIG"):
        monkeypatch.delenv(f"CROSSWARP_{name}", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "project" / "build").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "project" / "build")


def test_defaults():
    settings = load_settings()
    assert (settings.targets, settings.cuda_arch, settings.cache_bytes) == (DEFAULT_TARGETS, None, 5 << 30)


def test_file_above_the_working_folder(tmp_path: Path):
    (tmp_path / "project" / "crosswarp.toml").write_text('[targets]\ndefault = ["cpu"]\ncuda_arch = 700\n'
                                                         '[cache]\ngigabytes = 0.5\n')
    settings = load_settings()
    assert (settings.targets, settings.cuda_arch, settings.cache_bytes) == (("cpu",), 700, 1 << 29)


def test_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "project" / "crosswarp.toml").write_text('[targets]\ndefault = ["cpu"]\n')
    monkeypatch.setenv("CROSSWARP_TARGETS", "gfx1100, cpu")
    monkeypatch.setenv("CROSSWARP_CACHE", "off")
    settings = load_settings()
    assert (settings.targets, settings.cache_bytes) == (("gfx1100", "cpu"), 0)


@pytest.mark.parametrize("text", [
    "[targets", "[targets]\ncuda_arch = 'x'\n", "[targets]\ndefault = 3\n", "[targets]\ndefault = 'cpu'\n", "[targetz]\n",
    "[cache]\ngigabyte = 1\n", "cache = 3\n", "[cache]\ngigabytes = []\n"])
def test_bad_files_are_errors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str):
    path = tmp_path / "bad.toml"
    path.write_text(text)
    monkeypatch.setenv("CROSSWARP_CONFIG", str(path))
    with pytest.raises(CompileError, match="CW2001"):
        load_settings()


@pytest.mark.parametrize(("name", "value"), [("CACHE", "maybe"), ("CUBIN", "2"), ("CACHE_GB", "much"), ("CUDA_ARCH", "sm_80")])
def test_bad_variables_are_errors(monkeypatch: pytest.MonkeyPatch, name: str, value: str):
    monkeypatch.setenv(f"CROSSWARP_{name}", value)
    with pytest.raises(CompileError, match="CW2001"):
        load_settings()


def test_amd_gpus_of_the_kernel_driver(tmp_path: Path):
    for node, version in enumerate((0, 110000, 90010, 110000, 90402, 120001)):
        (tmp_path / str(node)).mkdir()
        (tmp_path / str(node) / "properties").write_text(f"cpu_cores_count 0\ngfx_target_version {version}\nsimd_count 8\n")
    assert native_amd(tmp_path) == ["gfx1100", "gfx90a", "gfx942", "gfx1201"]


def test_file_above_the_input(tmp_path: Path):
    """A build folder outside the source tree: the working folder's file wins, then the first input's, links not followed."""
    (tmp_path / "source" / "sub").mkdir(parents=True)
    named = tmp_path / "source" / "crosswarp.toml"
    named.write_text('[targets]\ndefault = ["gfx1100"]\n')
    for path in (str(tmp_path / "source" / "sub" / "x.cu"), "../../source/sub/x.cu"):
        settings = load_settings(path)
        assert (settings.targets, settings.file, settings.targets_named) == (("gfx1100",), named, True)
    (tmp_path / "project" / "x.cu").symlink_to(named.with_name("sub") / "x.cu")
    assert load_settings("../x.cu").file is None
    (tmp_path / "project" / "crosswarp.toml").write_text('[cache]\ngigabytes = 1\n')
    settings = load_settings(str(tmp_path / "source" / "sub" / "x.cu"))
    assert (settings.targets, settings.targets_named) == (DEFAULT_TARGETS, False)
