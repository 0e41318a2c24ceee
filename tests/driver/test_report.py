"""Messages of several steps, each shown once."""

from __future__ import annotations

from crosswarp.driver import missing_headers
from crosswarp.driver.report import merge, messages

HOST = """x.cu:3:9: error: unknown type name 'in'
    3 | in main() {
      | ^
1 error generated when compiling for host.
"""
DEVICE = HOST.replace("1 error generated when compiling for host.", "x.cu:9:1: error: only on the device\n2 errors generated.")


def test_same_error_of_both_passes_is_shown_once():
    text = merge([("x: host", HOST), ("x: device", DEVICE)])
    assert text.count("unknown type name") == 1
    assert text.splitlines()[-1] == "x.cu:9:1: error: only on the device"
    assert "generated" not in text


def test_source_lines_stay_with_their_error():
    first, second = messages(DEVICE.replace("2 errors generated.\n", ""))
    assert first.splitlines()[1:] == ["    3 | in main() {", "      | ^"]
    assert second == "x.cu:9:1: error: only on the device"


def test_include_stack_stays_with_its_error():
    stack = "In file included from a.cu:1:\nIn file included from b.h:2:\nc.h:1:1: error: no\n"
    assert messages(stack + "a.cu:9:1: error: other\n") == [stack.rstrip(), "a.cu:9:1: error: other"]


def test_errors_of_targets_name_them():
    error = "crosswarp: error: unsupported: inline PTX [CW3001]\n"
    assert merge([("x: gfx1100", error), ("x: cpu", error)]) == error + "  target: gfx1100, cpu"


def test_other_text_is_kept():
    assert merge([("gfx1100", "something odd\n"), ("gfx942", "something odd\n"), ("cpu", "")]) == "something odd"


def test_a_missing_header_of_an_extra_says_what_to_install(monkeypatch):
    clang = "x.cu:1:10: fatal error: 'cub/cub.cuh' file not found\n    1 | #include <cub/cub.cuh>\n      |          ^~~~~~~~~~~~~\n"
    gcc = "x.cpp:1:10: fatal error: thrust/sort.h: No such file or directory\n"
    other = "x.cu:1:10: fatal error: 'zlib.h' file not found\n"
    library = "x.cu:1:10: fatal error: 'cudnn.h' file not found\n"
    monkeypatch.setattr(missing_headers, "cccl_dir", lambda: None)
    assert all("pip install 'crosswarp[cccl]'" in merge([("x: host", text)]) for text in (clang, gcc))
    assert "help" not in merge([("x: host", other)])
    assert "which Crosswarp does not provide" in merge([("x: host", library)])
    monkeypatch.setattr(missing_headers, "cccl_dir", lambda: "/found")
    assert "help" not in merge([("x: host", clang)])
