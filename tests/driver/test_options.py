"""nvcc's command line: every option, every spelling."""

from __future__ import annotations

from pathlib import Path

import pytest
from crosswarp.driver.option_table import OPTIONS, Form, Option, Support
from crosswarp.driver.option_words import CommandLineError, split_list
from crosswarp.driver.options import parse
from crosswarp.driver.start import with_environment
from hypothesis import given, settings
from hypothesis import strategies as st

VALUED = [o for o in OPTIONS if o.form is not Form.FLAG and o.support is not Support.REFUSED and o.name != "options-file"]
FLAGS = [o for o in OPTIONS if o.form is Form.FLAG and o.support is not Support.REFUSED]
PLAIN = st.text("abcXYZ0189_./", min_size=1, max_size=12)


def value_for(option: Option, text: str) -> str:
    """A value the option accepts."""
    if option.choices:
        return option.choices[len(text) % len(option.choices)]
    return {Form.BOOL: "true", Form.NUMBER: str(len(text))}.get(option.form, text)


def test_names_are_unique():
    names = [o.name for o in OPTIONS] + [o.short for o in OPTIONS if o.short != o.name]
    assert len(names) == len(set(names))


def test_every_option_says_what_it_does():
    assert all(option.note and not option.note.endswith(".") for option in OPTIONS)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(option=st.sampled_from(VALUED), text=PLAIN)
def test_spellings_are_interchangeable(option: Option, text: str):
    value = value_for(option, text)
    spellings = [words for name in (option.short, option.name) for dash in ("-", "--")
                 for words in ([f"{dash}{name}", value], [f"{dash}{name}={value}"])]
    if option.joined and (option.form is Form.LIST or value.isdigit()):
        spellings.append([f"-{option.short}{value}"])
    expected = parse(spellings[0]).values
    assert expected == {option.name: [value]}
    for words in spellings[1:]:
        assert parse(words).values == expected, words


@pytest.mark.parametrize("option", FLAGS, ids=lambda option: option.short)
def test_flags(option: Option):
    for dash in ("-", "--"):
        assert parse([dash + option.name]).has(option.name)
        assert parse([dash + option.short]).has(option.name)
    with pytest.raises(CommandLineError, match="no argument expected"):
        parse([f"--{option.name}=1"])


@pytest.mark.parametrize("option", [o for o in OPTIONS if o.support is Support.REFUSED], ids=lambda option: option.short)
def test_refused_options_are_named(option: Option):
    words = [f"--{option.name}"] + ([value_for(option, "x")] if option.form is not Form.FLAG else [])
    with pytest.raises(CommandLineError, match=f"'--{option.name}' is not supported"):
        parse(words)


@settings(max_examples=100, derandomize=True, deadline=None)
@given(items=st.lists(st.text('abc,"\\ =', min_size=1, max_size=6), min_size=1, max_size=4))
def test_escaped_lists_come_back(items: list[str]):
    text = ",".join(item.replace("\\", "\\\\").replace(",", "\\,").replace('"', '\\"') for item in items)
    assert split_list(text, shell=False) == items


@pytest.mark.parametrize(("text", "expected"), [
    ("-fPIC,-O2", ["-fPIC", "-O2"]),
    ("-fPIC -O2", ["-fPIC", "-O2"]),
    (r"-DS=\\\"hello\\\"", ['-DS="hello"']),
    ("-DS='\"a b\"'", ['-DS="a b"']),
    (r'-DA="x y",-DB', ["-DA=x y", "-DB"]),
    (r"-Wl\,-rpath\,/x", ["-Wl,-rpath,/x"]),
])
def test_words_for_the_host_compiler(text: str, expected: list[str]):
    """What NVIDIA's nvcc passes on for the same text (checked against its -dryrun)."""
    assert parse(["-Xcompiler", text]).all("compiler-options") == expected
    assert parse([f"--compiler-options={text}"]).all("compiler-options") == expected


@pytest.mark.parametrize(("words", "message"), [
    (["--fatbn"], "Unknown option '--fatbn'\n  help: did you mean '-fatbin'?"),
    (["-stdd=c++17"], "Unknown option '-stdd=c++17'\n  help: did you mean '-std'?"),
    (["-Wall"], "Unknown option '-Wall'"),
    (["-arch"], "argument expected after '-arch'"),
    (["-std=c++98"], "Value 'c++98' is not defined for option 'std'"),
    (["-cudart", "foo"], "Value 'foo' is not defined for option 'cudart'"),
    (["-rdc=maybe"], "'maybe': expected true or false"),
    (["-m", "32"], "Value '32' is not defined for option 'machine'"),
    (["-m32"], "Unknown option '-m32'"),
    (["@/no/such/file"], "cannot read options file '/no/such/file'"),
])
def test_errors(words: list[str], message: str):
    with pytest.raises(CommandLineError) as caught:
        parse(words)
    assert str(caught.value).startswith(message)


def test_unknown_options_are_forwarded():
    parsed = parse(["-forward-unknown-to-host-compiler", "-Wall", "-mavx2", "-Ofast", "-fopenmp", "a.cu"])
    assert parsed.unknown == ["-Wall", "-mavx2", "-Ofast", "-fopenmp"]
    assert [source.path for source in parsed.inputs] == ["a.cu"]


def test_options_file(tmp_path: Path):
    inner, outer = tmp_path / "inner.rsp", tmp_path / "outer.rsp"
    inner.write_text('-DNAME=\\"x\\" "-I/a b" \n b.cu')
    outer.write_text(f"-O2 --options-file {inner}")
    for words in ([f"@{outer}"], ["--options-file", str(outer)], [f"-optf={outer}"]):
        parsed = parse(words)
        assert parsed.values == {"optimize": ["2"], "define-macro": ['NAME="x"'], "include-path": ["/a b"]}
        assert [source.path for source in parsed.inputs] == ["b.cu"]


@pytest.mark.parametrize(("text", "expected"), [
    ("-DA='x'", ["A='x'"]),
    ('"-DA=1 2" -DB\r\n\t-DC', ["A=1 2", "B", "C"]),
    (r"-DA=a\ b", ["A=a b"]),
    ('-DA="x y"', ["A=x y"]),
])
def test_words_of_an_options_file(tmp_path: Path, text: str, expected: list[str]):
    """As NVIDIA's nvcc reads the same file (checked against its -dryrun): double quotes and backslashes only."""
    file = tmp_path / "words.rsp"
    file.write_bytes(text.encode())
    assert parse(["-optf", str(file)]).all("define-macro") == expected


@pytest.mark.parametrize("text", ["# comment", "-DA #-DB", "-DA //-DB"])
def test_options_files_have_no_comments(tmp_path: Path, text: str):
    (tmp_path / "words.rsp").write_text(text)
    assert parse(["-optf", str(tmp_path / "words.rsp")]).inputs


@pytest.mark.parametrize(("text", "words"), [
    ('-DA="x y" -O2', ['-DA="x y"', "-O2"]),
    ('-D A="x"', ["-D", 'A="x"']),
    ("-DA='x", ["-DA='x"]),
    ('  -DA \t -DB ', ["-DA", "-DB"]),
    ('-I"a b" -o "c d"', ["-Ia b", "-o", "c d"]),
    ('-Xcompiler "-a -b" -Xcompiler=-c', ["-Xcompiler", '"-a -b"', "-Xcompiler=-c"]),
    ('-DA="x', ['-DA="x']),
])
def test_words_of_the_environment(monkeypatch: pytest.MonkeyPatch, text: str, words: list[str]):
    """As NVIDIA's nvcc splits the same text (checked against its -dryrun)."""
    monkeypatch.setenv("NVCC_PREPEND_FLAGS", text)
    monkeypatch.setenv("NVCC_APPEND_FLAGS", "-last")
    assert with_environment(["x.cu"]) == [*words, "x.cu", "-last"]


def test_options_file_that_names_itself_ends(tmp_path: Path):
    loop = tmp_path / "loop.rsp"
    loop.write_text(f"@{loop}")
    with pytest.raises(CommandLineError, match="nest too deeply"):
        parse([f"@{loop}"])


def test_languages_of_inputs():
    parsed = parse(["-x", "cu", "a.cpp", "b.o", "libc.so.1"])
    assert [source.kind for source in parsed.inputs] == ["cu", "o", "so"]
    assert [source.kind for source in parse(["a.C", "b.CU", "c.S", "d.i"]).inputs] == ["cc", "cu", "s", "i"]


def test_last_value_wins_with_a_warning():
    parsed = parse(["-o", "a", "-o", "b"])
    assert parsed.last("output-file") == "b"
    assert "incompatible redefinition for option 'output-file'" in parsed.notes[0]
