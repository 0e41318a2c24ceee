"""Steps in forked processes: order, bounds, failures."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest
from crosswarp.driver.jobserver import JobServer, job_server
from crosswarp.driver.outputs import Outputs, work_folder
from crosswarp.driver.pool import CRASHED, FAILED, Pool, StepError
from crosswarp.support.diagnostics import CompileError, user_error


def touch(path: Path) -> None:
    path.touch(exist_ok=False)


@pytest.mark.parametrize("jobs", [1, 3])
def test_a_step_runs_after_its_inputs(tmp_path: Path, jobs: int):
    def needs_both() -> None:
        assert (tmp_path / "a").exists() and (tmp_path / "b").exists()
        touch(tmp_path / "c")

    pool = Pool(jobs, tmp_path)
    pool.add("a", lambda: touch(tmp_path / "a"))
    pool.add("b", lambda: touch(tmp_path / "b"))
    pool.add("c", needs_both, after=("a", "b"))
    prepared: list[bool] = []
    pool.run(prepare=lambda: prepared.append(True))
    assert (tmp_path / "c").exists() and prepared == [True]
    assert {step.code for step in pool.steps.values()} == {0}


def test_never_more_than_allowed(tmp_path: Path):
    def count() -> None:
        """Each step puts a file there while it runs; nobody may see more than two."""
        mine = tmp_path / f"running-{os.getpid()}"
        mine.touch()
        assert len(list(tmp_path.glob("running-*"))) <= 2
        mine.unlink()

    pool = Pool(2, tmp_path)
    for number in range(12):
        pool.add(str(number), count)
    pool.run()


def most_at_once(folder: Path, jobs: int, server: JobServer | None, steps: int = 8) -> int:
    """Run steps and return how many of them saw each other at most."""
    def count() -> None:
        mine = folder / f"running-{os.getpid()}"
        mine.touch()
        time.sleep(0.03)
        (folder / f"saw-{os.getpid()}").write_text(str(len(list(folder.glob("running-*")))))
        mine.unlink()

    pool = Pool(jobs, folder, server)
    for number in range(steps):
        pool.add(str(number), count)
    pool.run()
    seen = [int(path.read_text()) for path in folder.glob("saw-*")]
    assert len(seen) == steps
    return max(seen)


@pytest.mark.parametrize("named", [False, True])
def test_tokens_of_make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: bool):
    if named:
        os.mkfifo(tmp_path / "fifo")
        reading = writing = os.open(tmp_path / "fifo", os.O_RDWR)
    else:
        reading, writing = os.pipe()
    place = f"fifo:{tmp_path}/fifo" if named else f"{reading},{writing}"
    monkeypatch.setenv("MAKEFLAGS", f" -j3 --jobserver-auth={place} -- X=--jobserver-auth=1,2")
    os.write(writing, b"+*")
    assert most_at_once(tmp_path, 8, job_server()) <= 3
    assert sorted(os.read(reading, 8)) == sorted(b"+*")
    os.write(writing, b"+")

    def fail() -> None:
        time.sleep(0.1)
        raise user_error("this is wrong", "CW0000")

    pool = Pool(4, tmp_path, job_server())
    pool.add("wrong", fail)
    pool.add("wrong too", fail)
    with pytest.raises(StepError):
        pool.run()
    assert os.read(reading, 8) == b"+"


def test_a_token_that_comes_later_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    reading, writing = os.pipe()
    monkeypatch.setenv("MAKEFLAGS", f"--jobserver-fds={reading},{writing} -j")
    pool = Pool(2, tmp_path, job_server())

    def wait_for_the_other() -> None:
        os.write(writing, b"+")  # another job of make's ends
        while not (tmp_path / "other").exists():
            time.sleep(0.01)

    pool.add("waits", wait_for_the_other)
    pool.add("other", lambda: touch(tmp_path / "other"))
    pool.run()
    assert os.read(reading, 8) == b"+"


def test_without_a_pipe_there_is_one_job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "file").touch()
    number = os.open(tmp_path / "file", os.O_RDWR)
    for place in ("--jobserver-auth=998,999", f"--jobserver-auth={number},{number}", "--jobserver-auth=fifo:/nowhere"):
        monkeypatch.setenv("MAKEFLAGS", place)
        assert most_at_once(tmp_path, 4, job_server(), steps=3) == 1
        for path in tmp_path.glob("saw-*"):
            path.unlink()
    os.close(number)
    monkeypatch.setenv("MAKEFLAGS", "w -- X=1")
    assert job_server() is None


def test_failures(tmp_path: Path):
    def wrong() -> None:
        raise user_error("this is wrong", "CW0000")

    def killed() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    pool = Pool(3, tmp_path)
    pool.add("wrong", wrong)
    pool.add("odd", lambda: 1 / 0)  # type: ignore[arg-type,return-value]
    pool.add("killed", killed)
    pool.add("after", lambda: touch(tmp_path / "after"), after=("wrong",))
    with pytest.raises(StepError) as caught:
        pool.run()
    assert [step.name for step in caught.value.failed] == ["wrong", "odd", "killed"]
    assert [pool.steps[name].code for name in ("wrong", "odd", "killed", "after")] == [FAILED, CRASHED, -signal.SIGKILL, None]
    assert pool.steps["wrong"].stderr == "crosswarp: error: this is wrong [CW0000]\n"
    assert "internal error" in pool.steps["odd"].stderr and "ZeroDivisionError" in pool.steps["odd"].stderr
    assert "step 'killed' was ended by SIGKILL" in pool.steps["killed"].stderr
    assert not (tmp_path / "after").exists()


def test_messages_are_held_back(tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    pool = Pool(2, tmp_path)
    pool.add("loud", lambda: print("a warning", file=sys.stderr))
    pool.run()
    assert capfd.readouterr().err == "" and pool.steps["loud"].stderr == "a warning\n"
    pool.remove_logs()
    assert list(tmp_path.iterdir()) == []


def test_an_error_here_ends_the_steps(tmp_path: Path):
    def sleep() -> None:
        (tmp_path / "pid").write_text(str(os.getpid()))
        time.sleep(60)

    def prepare() -> None:
        while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text():
            pass
        raise KeyError("here")

    pool = Pool(1, tmp_path)
    pool.add("sleep", sleep)
    with pytest.raises(KeyError):
        pool.run(prepare=prepare)
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


def test_outputs_appear_together(tmp_path: Path):
    (tmp_path / "old").write_text("old")
    with Outputs() as outputs:
        for name in ("old", "new"):
            outputs.place(tmp_path / name).write_text("written")
        assert (tmp_path / "old").read_text() == "old" and not (tmp_path / "new").exists()
        outputs.commit()
    assert [(tmp_path / name).read_text() for name in ("old", "new")] == ["written", "written"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "old"]


def test_outputs_of_a_failed_command_vanish(tmp_path: Path):
    with pytest.raises(ZeroDivisionError), Outputs() as outputs:
        outputs.place(tmp_path / "new").write_text("half")
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_output_behind_a_link(tmp_path: Path):
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to("real")
    with Outputs() as outputs:
        outputs.place(tmp_path / "link").write_text("new")
        outputs.commit()
    assert (tmp_path / "link").is_symlink() and (tmp_path / "real").read_text() == "new"


def test_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with work_folder(None) as folder:
        (folder / "file").touch()
        assert folder.parent == tmp_path and folder.stat().st_mode & 0o777 == 0o700
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setenv("TMPDIR", str(tmp_path / "absent"))
    with pytest.raises(CompileError, match="cannot create a temporary folder"), work_folder(None):
        pass
