"""The software sampler against the CUDA Programming Guide's formulas ("Texture Fetching") in NumPy, bit by bit."""

import itertools
import subprocess
from pathlib import Path

import numpy as np
import pytest

HERE = Path(__file__).parent
WRAP, CLAMP, MIRROR, BORDER = range(4)
SIZES = [(1, 1), (5, 3), (16, 7)]
BORDER_COLOR = (0.25, -2.0, 3.0, 0.5)
F = np.float32


def texels(kind, width, height):
    y, x, c = np.meshgrid(np.arange(height), np.arange(width), np.arange(4), indexing="ij")
    values = (x * 37 + y * 101 + c * 59 + 11) % 256
    if kind == 1:
        return values.astype(F) / F(255)
    single = np.zeros((height, width, 4), F)
    single[..., 0] = values[..., 0].astype(F) * F(0.25) - F(7)
    single[..., 3] = 1
    return single


def place(x, count, mode, normalized):
    """A coordinate counted in elements; NaN is 0."""
    if normalized:
        whole = np.floor(x)
        if mode == WRAP:
            x = x - whole
        if mode == MIRROR:
            x = F(1) - (x - whole) if whole % 2 else x - whole
        x = x * F(count)
    return F(0) if np.isnan(x) else np.clip(x, F(-(2.0**30)), F(2.0**30))


def index(i, count, mode):
    if mode == BORDER:
        return i if 0 <= i < count else None
    return i % count if mode == WRAP else min(max(i, 0), count - 1)


def taps(x, count, mode, normalized, linear):
    """Indices and weights along one dimension; weights have 8 fractional bits."""
    x = place(F(x), count, mode, normalized)
    if not linear:
        return [(index(int(np.floor(x)), count, mode), F(1))]
    x = x - F(0.5)
    first = np.floor(x)
    second = np.floor((x - first) * F(256) + F(0.5)) / F(256)
    return [(index(int(first), count, mode), F(1) - second), (index(int(first) + 1, count, mode), second)]


def sample(image, kind, place_of, settings):
    (x, y), (address, linear, normalized) = place_of, settings
    height, width = image.shape[:2]
    outside = np.array([*BORDER_COLOR], F)
    total = np.zeros(4, F)
    for (j, wy), (i, wx) in itertools.product(taps(y, height, address[1], normalized, linear),
                                              taps(x, width, address[0], normalized, linear)):
        texel = outside if i is None or j is None else image[j, i]
        if wy * wx != 0:
            total = total + (wy * wx) * texel
    return np.array([total[0], 0, 0, 1], F) if kind == 0 else total


def coordinates(width, height, normalized, random):
    scale = np.array([1, 1] if normalized else [width, height], F)
    inside = random.uniform(-0.25, 1.25, (40, 2)) * scale
    far = random.uniform(-4, 5, (10, 2)) * scale
    corners = list(itertools.product([0, 0.5, 1, -1, 2], repeat=2)) * scale
    odd = [[np.nan, 0.5], [0.5, np.nan], [np.inf, 0], [-np.inf, 1], [3e38, -3e38]]
    return np.concatenate([inside, far, corners, odd]).astype(F)


@pytest.fixture(scope="module")
def sampler(tmp_path_factory, crosswarp_nvcc):
    program = tmp_path_factory.mktemp("sampler") / "sampler"
    crosswarp_nvcc(HERE / "sampler.cu", "-o", program, env={"CROSSWARP_TARGETS": "cpu"})

    def run(text):
        done = subprocess.run([program], input=text, capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode == 0, done.stdout + done.stderr
        words = np.array([int(word, 16) for word in done.stdout.split()], np.uint32)
        return words.view(F).reshape(-1, 4)

    return run


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
@pytest.mark.parametrize("kind", [0, 1], ids=["float", "uchar4-normalized"])
def test_two_dimensions(sampler, kind, size):
    random = np.random.default_rng(7)
    image = texels(kind, *size)
    for linear, normalized in itertools.product([0, 1], [0, 1]):
        modes = range(4) if normalized else (CLAMP, BORDER)
        for address in itertools.product(modes, repeat=2):
            places = coordinates(*size, normalized, random)
            head = [kind, *size, *address, linear, normalized, *BORDER_COLOR, len(places)]
            text = " ".join(map(str, [*head, *places.ravel().tolist()]))
            got = sampler(text)
            with np.errstate(invalid="ignore", over="ignore"):
                wanted = np.array([sample(image, kind, point, (address, linear, normalized)) for point in places])
            wrong = np.flatnonzero((got != wanted).any(axis=1))
            assert wrong.size == 0, (linear, normalized, address, places[wrong[0]], got[wrong[0]], wanted[wrong[0]])


def test_every_function_links_for_amd(tmp_path, crosswarp_nvcc):
    source = tmp_path / "every_function.cu"
    source.write_text((HERE / "every_function.cu").read_text() + "int main() {}\n")
    crosswarp_nvcc(source, "-o", tmp_path / "every_function", "--targets=gfx1100")
