"""Which files of a tree are read, and what happens to those that cannot be."""

from __future__ import annotations

import io
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from crosswarp.cuda_api_coverage.catalogue.model import Device
from crosswarp.cuda_api_coverage.scan.model import FileResult, ScanOptions, ScanResult
from crosswarp.cuda_api_coverage.scan.parallel import in_order, in_order_apart
from crosswarp.cuda_api_coverage.scan.tree import scan

CALL = "void f() { cudaFree(0); }\n"


def scanned(folder: Path, **options: object) -> ScanResult:
    return scan([folder], Device.CPU, ScanOptions(**{"jobs": 1, **options}))  # type: ignore[arg-type]


def read(folder: Path, **options: object) -> list[str]:
    return [str(file.path.relative_to(folder)) for file in scanned(folder, **options).files if not file.problems]


def problems(folder: Path) -> dict[str, list[str]]:
    return {file.path.name: [problem.what for problem in file.problems] for file in scanned(folder).files if file.problems}


def write(folder: Path, *names: str, text: str = CALL) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def test_sources_by_name_and_by_content(tmp_path: Path) -> None:
    write(tmp_path, "a.cu", "b.cuh", "c.CPP", "d.cu.in", "e.hpp", "f.md", "g.py", "no_suffix", "Makefile")
    write(tmp_path, "other", text="nothing of interest")
    assert read(tmp_path) == ["Makefile", "a.cu", "b.cuh", "c.CPP", "d.cu.in", "e.hpp", "no_suffix"]
    assert scanned(tmp_path).skipped == {"no source": 3}


def test_a_named_file_is_read_whatever_its_name(tmp_path: Path) -> None:
    write(tmp_path, "a.md")
    result = scan([tmp_path / "a.md"], Device.CPU)
    assert [use.name for use in result.files[0].uses] == ["cudaFree"]
    assert result.root == tmp_path


def test_gitignore(tmp_path: Path) -> None:
    (tmp_path / ".git" / "info").mkdir(parents=True)
    write(tmp_path, ".git/info/exclude", text="excluded.cu\n")
    write(tmp_path, ".gitignore", text="*.gen.cu\n/out/\n!kept.gen.cu\ndeep/**/x.cu\n")
    write(tmp_path, "sub/.gitignore", text="!sub.gen.cu\nlocal.cu\n")
    write(tmp_path, "a.gen.cu", "kept.gen.cu", "out/a.cu", "excluded.cu", "deep/er/x.cu", "deep/er/y.cu")
    write(tmp_path, "sub/sub.gen.cu", "sub/a.gen.cu", "sub/local.cu", "local.cu", "sub/out/b.cu")
    kept = ["deep/er/y.cu", "kept.gen.cu", "local.cu", "sub/out/b.cu", "sub/sub.gen.cu"]
    assert read(tmp_path) == kept
    assert len(read(tmp_path, gitignore=False)) == 11
    assert [str(file.path.relative_to(tmp_path)) for file in scan([tmp_path / "sub"], Device.CPU).files] == kept[-2:]


def test_gitignore_as_git_reads_it(tmp_path: Path) -> None:
    rules = ["build*/", "*.gen.*", "!a.gen.cu", "/top.cu", "# c.cu", "\\#d.cu", "x?.cu", "[ab]c.cu", "dir/*", "!dir/keep.cu"]
    write(tmp_path, ".gitignore", text="\n".join(rules))
    write(tmp_path, "build/a.cu", "build2.cu", "a.gen.cu", "b.gen.cu", "s/a.gen.cu", "top.cu", "s/top.cu", "c.cu", "#d.cu", "x1.cu")
    write(tmp_path, "ac.cu", "cc.cu", "dir/keep.cu", "dir/other.cu", "dir/sub/z.cu", "x12.cu")
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    listed = subprocess.check_output(["git", "ls-files", "-co", "--exclude-standard"], cwd=tmp_path, text=True)
    assert read(tmp_path) == sorted(name for name in listed.splitlines() if name.endswith(".cu"))


def test_build_folders_and_version_control_are_left_out(tmp_path: Path) -> None:
    write(tmp_path, "b/CMakeCache.txt", "b/gen.cu", ".git/x.cu", "CMakeFiles/y.cu")
    write(tmp_path, "in/CMakeCache.txt", "in/CMakeLists.txt", "in/z.cu")
    assert read(tmp_path) == ["in/CMakeLists.txt", "in/z.cu"]
    assert scanned(tmp_path).skipped == {"build folder": 2, "version control": 1, "no source": 1}


def test_links(tmp_path: Path) -> None:
    tree, outside = tmp_path / "tree", tmp_path / "outside"
    write(tree, "a/x.cu")
    write(outside, "y.cu")
    (tree / "a" / "up").symlink_to("..")
    (tree / "twice").symlink_to("a")
    (tree / "far").symlink_to(outside)
    (tree / "far2").symlink_to(outside)
    (tree / "itself.cu").symlink_to("itself.cu")
    (tree / "dead.cu").symlink_to("nowhere")
    (tree / "same.cu").symlink_to("a/x.cu")
    assert read(tree) == ["a/x.cu", "far/y.cu"]
    assert problems(tree) == {"up": ["symlink loop"], "itself.cu": ["symlink loop"], "dead.cu": ["dead link"]}
    assert scanned(tree).skipped == {"link into the tree": 2, "reached before": 1}


def test_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.cu")
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(tmp_path / "socket.cu"))
    assert problems(tmp_path) == {"pipe.cu": ["not a file"], "socket.cu": ["not a file"]}


def test_bad_text(tmp_path: Path) -> None:
    (tmp_path / "latin.cu").write_bytes(b"// caf\xe9\n" + CALL.encode())
    (tmp_path / "binary.cu").write_bytes(b"\x00\x01\x02" * 100)
    (tmp_path / "wide.cu").write_bytes(CALL.encode("utf-16"))
    (tmp_path / "marked.cu").write_bytes(b"\xef\xbb\xbf" + CALL.encode())
    write(tmp_path, "open.cu", text="/* cudaFree(0);\n")
    write(tmp_path, "empty.cu", text="")
    result = {file.path.name: file for file in scanned(tmp_path).files}
    assert problems(tmp_path) == {"latin.cu": ["not UTF-8"], "binary.cu": ["not text"], "open.cu": ["unterminated"]}
    assert [name for name, file in result.items() if file.uses] == ["latin.cu", "marked.cu", "open.cu", "wide.cu"]
    assert (result["latin.cu"].uses[0].line, result["latin.cu"].problems[0].line) == (2, 1)


def test_of_a_large_file_the_beginning_is_read(tmp_path: Path) -> None:
    write(tmp_path, "a.cu", text=CALL * 100)
    [file] = scanned(tmp_path, limit=len(CALL) * 10 + 5).files
    assert ([problem.what for problem in file.problems], file.lines, len(file.uses)) == (["too large"], 10, 10)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_told(tmp_path: Path) -> None:
    write(tmp_path, "a.cu", "b/c.cu")
    (tmp_path / "a.cu").chmod(0)
    (tmp_path / "b").chmod(0)
    assert problems(tmp_path) == {"a.cu": ["unreadable"], "b": ["unreadable"]}
    (tmp_path / "b").chmod(0o755)


def test_a_path_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert problems(tmp_path / "none") == {"none": ["unreadable"]}


def test_deep_and_strange_folders(tmp_path: Path) -> None:
    place = tmp_path
    for _ in range(200):
        place /= "d"
    write(place, "a.cu")
    os.makedirs(os.fsencode(tmp_path) + b"/\xff")  # noqa: PTH103  a name that is no text
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff/b.cu")).write_text(CALL)
    assert len(read(tmp_path)) == 2


def of(result: ScanResult) -> tuple[FileResult, ...]:
    return result.files


def test_processes_change_nothing(tmp_path: Path) -> None:
    filler = "int x = 1;" * 2500
    for number in range(100):
        write(tmp_path, f"{number}.cu", text=f"#include \"{(number + 1) % 100}.cu\"\n{CALL * number}{filler}")
    told: list[tuple[int, int]] = []
    several = scan([tmp_path], Device.CPU, ScanOptions(jobs=2), lambda done, total: told.append((done, total)))
    assert of(several) == of(scanned(tmp_path))
    assert told == sorted(told)
    assert (told[0], told[-1]) == ((0, 100), (100, 100))


def end_or_double(number: int) -> int:
    if number == 3:
        os._exit(1)
    return 2 * number


def test_work_that_ends_its_process_is_lost_alone() -> None:
    assert list(in_order_apart(end_or_double, [1, 2, 3, 4, 5], 2, -1)) == [2, 4, -1, 8, 10]


def test_a_fault_of_ours_does_not_end_a_scan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a.cu", "b.cu")
    monkeypatch.setattr("crosswarp.cuda_api_coverage.scan.sources.split", lambda lexed: 1 / 0)
    assert problems(tmp_path) == {"a.cu": ["our bug"], "b.cu": ["our bug"]}


class Busy(io.StringIO):
    """A stream that somebody else writes to, in every process but the first."""

    def __init__(self) -> None:
        super().__init__()
        self.process = os.getpid()

    def flush(self) -> None:
        if os.getpid() != self.process:
            time.sleep(3600)


def test_processes_do_not_wait_for_streams(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", Busy())
    monkeypatch.setattr(sys, "stderr", Busy())
    assert list(in_order(abs, [-1, -2, -3], 2)) == [1, 2, 3]


def test_an_interrupt_ends_all_processes(tmp_path: Path) -> None:
    for number in range(400):
        write(tmp_path, f"{number}.cu", text=f"{CALL}{'int x = 1;' * 10000}")
    program = (
        "import sys; from pathlib import Path\n"
        "from crosswarp.cuda_api_coverage.scan.tree import scan\n"
        "from crosswarp.cuda_api_coverage.catalogue.model import Device\n"
        "from crosswarp.cuda_api_coverage.scan.model import ScanOptions\n"
        "try: scan([Path(sys.argv[1])], Device.CPU, ScanOptions(jobs=2), lambda done, total: print(done, flush=True))\n"
        "except KeyboardInterrupt: print('interrupted')\n"
    )
    process = subprocess.Popen([sys.executable, "-c", program, tmp_path], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                               start_new_session=True)
    assert process.stdout is not None
    while process.stdout.readline().strip() in {"", "0"}:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    output, errors = process.communicate(timeout=60)
    assert output.endswith("interrupted\n")
    assert "Traceback" not in errors
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
