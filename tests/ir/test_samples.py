"""The samples' device code: round trip, the portable dialect's rules, and what some kernels compute by the interpreter."""

import math
from functools import cache
from pathlib import Path

import pytest
from compile import canonical, reread
from crosswarp.frontend.device import device_pass
from crosswarp.frontend.options import FrontendOptions
from crosswarp.ir.interpreter import Buffer, Interpreter
from crosswarp.ir.reader import read_module
from crosswarp.ir.verifier import verify_module
from crosswarp.ir.writer import write_module

SAMPLES = Path(__file__).parents[2] / "samples"
SOURCES = sorted(p.relative_to(SAMPLES).as_posix() for p in SAMPLES.glob("*/*.cu"))


@cache
def device_text(source, folder):
    output = Path(folder) / "device.ll"
    device_pass(SAMPLES / source, FrontendOptions(), output)
    return output.read_text()


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    folder = tmp_path_factory.mktemp("samples")
    return lambda source: device_text(source, str(folder))


@pytest.mark.parametrize("source", SOURCES)
def test_round_trip(sample, source):
    text = sample(source)
    module = reread(text)
    verify_module(module, portable=True)
    assert canonical(write_module(module)) == canonical(text)


def machine(sample, name):
    interpreter = Interpreter(read_module(sample(f"{name}/{name}.cu")))
    kernels = {f.name: f for f in interpreter.module.definitions() if f.calling_convention == "ptx_kernel"}
    return interpreter, kernels


def kernel(kernels, part):
    (found,) = [name for name in kernels if part in name]
    return found


def test_vector_add(sample):
    interpreter, kernels = machine(sample, "vector_add")
    total = Buffer(4 * 100)
    interpreter.launch(kernel(kernels, "vector_add"), 4, 32, [Buffer.of("f", range(100)), Buffer.of("f", [0.5] * 100), total, 100])
    assert total.values("f") == [n + 0.5 for n in range(100)]


def test_block_reduce(sample):
    interpreter, kernels = machine(sample, "block_reduce")
    sums = Buffer(4 * 2)
    interpreter.launch(kernel(kernels, "block_reduce"), 2, 256, [Buffer.of("f", range(700)), sums, 700])
    assert sum(sums.values("f")) == sum(range(700))


def test_histogram(sample):
    interpreter, kernels = machine(sample, "histogram")
    data, bins = bytes(n * n % 251 for n in range(500)), Buffer(4 * 256)
    interpreter.launch(kernel(kernels, "histogram"), 2, 64, [Buffer(data), 500, bins])
    assert bins.values("I") == [data.count(n) for n in range(256)]


def test_softmax(sample):
    interpreter, kernels = machine(sample, "softmax")
    values, out = [math.sin(n) for n in range(200)], Buffer(4 * 200)
    interpreter.launch(kernel(kernels, "softmax"), 2, 128, [Buffer.of("f", values), out, 100])
    for row in (0, 1):
        part = values[100 * row : 100 * row + 100]
        exact = [math.exp(v) / sum(map(math.exp, part)) for v in part]
        assert out.values("f")[100 * row : 100 * row + 100] == pytest.approx(exact, rel=1e-5)


def test_transpose(sample):
    interpreter, kernels = machine(sample, "transpose")
    out = Buffer(4 * 40 * 50)
    block = (32, 8)
    interpreter.launch(kernel(kernels, "transpose"), (2, 2), block, [Buffer.of("i", range(40 * 50)), out, 50, 40])
    assert out.values("i") == [row * 50 + column for column in range(50) for row in range(40)]
