"""Every entry with every argument wrong once, on the CPU device: nothing crashes, hangs, leaks, or goes unnoticed."""

import json
import os
import subprocess
import sys

import pytest
from crosswarp.cuda_api_coverage.calling.sweep import Answer, complaints
from crosswarp.cuda_api_coverage.derive.declarations import declared_functions

from .test_answers import load_script

pytestmark = pytest.mark.survey


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sweep")
    script = load_script()
    script.build(folder)
    command = [sys.executable, script.__file__, "--sweep-this-device", str(folder)]
    environment = {**os.environ, **script.environment("cpu", folder)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr[-2000:]
    return [Answer(*fields) for fields in json.loads(done.stdout)]


def test_nothing_crashes_hangs_leaks_or_goes_unnoticed(answers):
    assert complaints(answers) == []


def test_every_parameter_was_wrong(answers):
    swept = {(answer.entry, answer.parameter) for answer in answers}
    numbers = ("float", "double")
    expected = {(f.name, p.name) for f in declared_functions() for p in f.parameters if p.shape not in numbers}
    assert expected - swept == set()
    assert len(answers) > 1500
