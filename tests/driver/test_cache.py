"""The cache of images: never a wrong byte, whatever happens to its files."""

from __future__ import annotations

import multiprocessing
import os
from pathlib import Path

from crosswarp.driver.cache import ObjectCache, cache_key
from hypothesis import given, settings
from hypothesis import strategies as st

PARTS = st.lists(st.text("ab", max_size=3), max_size=4)


def stored(cache: ObjectCache) -> list[Path]:
    return [path for path in Path(cache.folder).rglob("*") if path.is_file()]


def test_what_is_put_is_found(tmp_path: Path):
    cache = ObjectCache(tmp_path, 1 << 20)
    assert cache.get(cache_key(["a"])) is None
    cache.put(cache_key(["a"]), b"image")
    assert cache.get(cache_key(["a"])) == b"image"
    assert cache.get(cache_key(["b"])) is None


@settings(max_examples=200, derandomize=True)
@given(left=PARTS, right=PARTS)
def test_different_parts_have_different_keys(left: list[str], right: list[str]):
    assert (cache_key(left) == cache_key(right)) == (left == right)


def test_damaged_entries_are_dropped(tmp_path: Path):
    cache, key = ObjectCache(tmp_path, 1 << 20), cache_key(["a"])
    for damage in (lambda data: data[:-1], lambda data: data[:-1] + b"x", lambda data: b"", lambda data: data + b"x"):
        cache.put(key, b"image")
        (path,) = stored(cache)
        path.write_bytes(damage(path.read_bytes()))
        assert cache.get(key) is None
        assert stored(cache) == []


def test_oldest_entries_go_first(tmp_path: Path):
    cache = ObjectCache(tmp_path, 10_000)
    keys = [cache_key([str(number)]) for number in range(20)]
    for age, key in enumerate(keys):
        cache.put(key, b"x" * 1000)
        path = tmp_path / key[:2] / key[2:]
        if path.exists():
            os.utime(path, (age, age))
    cache.trim()
    kept = [key for key in keys if cache.get(key) is not None]
    assert kept and kept == keys[-len(kept) :]
    assert sum(path.stat().st_size for path in stored(cache)) <= 10_000


def test_limit_zero_keeps_nothing(tmp_path: Path):
    cache = ObjectCache(tmp_path / "cache", 0)
    cache.put(cache_key(["a"]), b"image")
    assert cache.get(cache_key(["a"])) is None and not (tmp_path / "cache").exists()


def test_folder_that_cannot_be_written_is_no_error(tmp_path: Path):
    (tmp_path / "file").write_text("")
    cache = ObjectCache(tmp_path / "file", 1 << 20)
    cache.put(cache_key(["a"]), b"image")
    assert cache.get(cache_key(["a"])) is None


def write_many(folder: str, seed: int) -> None:
    cache = ObjectCache(Path(folder), 1 << 20)
    for number in range(60):
        key = cache_key([str(number % 7)])
        found = cache.get(key)
        assert found is None or found == key.encode() * 50, "another key's or half an entry"
        cache.put(key, key.encode() * 50)
        if number % 20 == seed:
            cache.trim()


def test_writers_in_parallel(tmp_path: Path):
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=write_many, args=(str(tmp_path), seed)) for seed in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0] * 4
    assert not [path for path in stored(ObjectCache(tmp_path, 1)) if path.name.endswith(".tmp")]
