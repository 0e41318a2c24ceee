"""sccache-dist compiles our steps on other machines: network namespaces of this one, which have nothing of ours installed."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.build_systems.cluster import Cluster
from tests.build_systems.workplace import Project

pytestmark = pytest.mark.slow
BUILDERS = 2
Crosswarp = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def cluster(tmp_path: Path, tools: Path, needs: Callable[..., None]) -> Iterator[Cluster]:
    needs("sccache", "sccache-dist", "bwrap", "unshare")
    if os.geteuid() != 0:
        pytest.skip("network namespaces and sccache-dist's sandbox need root")
    cluster = Cluster(tmp_path / "cluster", tools, BUILDERS)
    yield cluster
    cluster.close()


def test_same_object_from_other_machines(cluster: Cluster, project: Callable[..., Project], toolkit: Path, crosswarp: Crosswarp):
    work = project("one_source")
    archive, configuration = cluster.folder / "crosswarp.tar.gz", cluster.folder / "client.conf"
    printed = crosswarp("distributed-toolchain", str(archive), "--scheduler", "http://127.0.0.1:10600").stdout
    configuration.write_text(cluster.client_configuration(printed))
    environment = {**work.environment, "SCCACHE_CONF": str(configuration), "SCCACHE_DIR": str(cluster.folder / "cache"),
                   "SCCACHE_SERVER_UDS": str(cluster.folder / "socket"), "SCCACHE_IDLE_TIMEOUT": "120"}
    sccache = cluster.on_client(Path(cluster.tools, "sccache").resolve())
    words = ["-c", "main.cu", "--targets=cpu,gfx1100,sm_80", "-o"]
    try:
        cluster.wait([*sccache, "--dist-status"], environment, BUILDERS)
        subprocess.run([*sccache, toolkit / "bin" / "nvcc", *words, "far.o"], cwd=work.folder, env=environment, check=True)
        shown = subprocess.run([*sccache, "--show-stats", "--stats-format=json"], env=environment, capture_output=True, check=True)
    finally:
        subprocess.run([*sccache, "--stop-server"], env=environment, check=False, capture_output=True)
    statistics = json.loads(shown.stdout)["stats"]
    assert sum(statistics["dist_compiles"].values()) == 5 and statistics["dist_errors"] == 0
    work(toolkit / "bin" / "nvcc", *words, "near.o")
    assert (work.folder / "far.o").read_bytes() == (work.folder / "near.o").read_bytes()
