"""The small replacements of `shutil` and `hashlib` do what those do."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest
from crosswarp.support.files import DIGEST_BYTES, digest, find_program, remove_tree


def test_digest_is_the_standard_one():
    assert digest(b"ab", b"", b"c") == hashlib.blake2b(b"abc", digest_size=DIGEST_BYTES).digest()


def test_programs_are_found_as_the_shell_finds_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for folder, mode in (("first", 0o644), ("second", 0o755), ("third", 0o755)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "tool").write_text("#!/bin/sh\n")
        (tmp_path / folder / "tool").chmod(mode)
    monkeypatch.setenv("PATH", ":".join(str(tmp_path / name) for name in ("none", "first", "second", "third")))
    assert find_program("tool") == shutil.which("tool") == str(tmp_path / "second" / "tool")
    assert find_program(str(tmp_path / "first" / "tool")) is None
    assert find_program(str(tmp_path / "third" / "tool")) == str(tmp_path / "third" / "tool")
    assert find_program("second") is None


def test_a_tree_is_removed_without_following_links(tmp_path: Path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept").touch()
    tree = tmp_path / "tree"
    (tree / "deep" / "deeper").mkdir(parents=True)
    (tree / "deep" / "file").touch()
    (tree / "link").symlink_to(outside)
    (tree / "dangling").symlink_to(tmp_path / "nowhere")
    remove_tree(tree)
    assert not tree.exists() and (outside / "kept").exists()
    remove_tree(tree)
