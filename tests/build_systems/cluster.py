"""Machines of a build cluster as network namespaces: one for the client and the scheduler, one for each builder.

    client, scheduler 10.77.N.1 ─── veth ─── 10.77.N.2 builder N
"""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

_TOKEN = "of this test"


class Cluster:
    """sccache-dist's scheduler and builders. Needs root. `close` ends everything."""

    def __init__(self, folder: Path, tools: Path, builders: int) -> None:
        folder.mkdir()
        self.folder, self.tools = folder, tools
        self.client = f"cw{os.getpid()}"
        self.namespaces: list[str] = []
        self.running: list[subprocess.Popen[bytes]] = []
        try:
            self._begin(builders)
        except BaseException:
            self.close()
            raise

    def _begin(self, builders: int) -> None:
        self._add_namespace(self.client)
        self._start(self.client, "scheduler", _SCHEDULER.format(token=_TOKEN))
        for number in range(1, builders + 1):
            name = f"{self.client}b{number}"
            self._add_namespace(name)
            self._connect(name, number)
            self._start(name, "server", _SERVER.format(token=_TOKEN, number=number, folder=self.folder / name))

    def client_configuration(self, archives: str) -> str:
        """sccache's configuration; `archives` is what Crosswarp prints."""
        return archives + f'\n[dist.auth]\ntype = "token"\ntoken = "{_TOKEN}"\n'

    def on_client(self, *words: str | Path) -> list[str]:
        """A command as it runs on the client's machine."""
        return ["ip", "netns", "exec", self.client, *map(str, words)]

    def wait(self, status: list[str], environment: dict[str, str], builders: int) -> None:
        """Until the scheduler knows all builders."""
        for _ in range(100):
            done = subprocess.run(status, env=environment, capture_output=True, text=True, check=False)
            if f'"num_servers":{builders}' in done.stdout:
                return
            time.sleep(0.2)
        raise AssertionError(f"no builders: {done.stdout}{done.stderr}")

    def close(self) -> None:
        """End the programs that were started, and remove the namespaces."""
        for process in self.running:
            process.terminate()
            process.wait(timeout=20)
        for name in self.namespaces:
            subprocess.run(["ip", "netns", "del", name], check=False)

    def _add_namespace(self, name: str) -> None:
        subprocess.run(["ip", "netns", "add", name], check=True)
        self.namespaces.append(name)
        subprocess.run(["ip", "-n", name, "link", "set", "lo", "up"], check=True)

    def _connect(self, name: str, number: int) -> None:
        here, there = f"to{number}", "up0"
        pair = ["link", "add", here, "type", "veth", "peer", "name", there, "netns", name]
        subprocess.run(["ip", "-n", self.client, *pair], check=True)
        for where, device, host in ((self.client, here, 1), (name, there, 2)):
            subprocess.run(["ip", "-n", where, "addr", "add", f"10.77.{number}.{host}/24", "dev", device], check=True)
            subprocess.run(["ip", "-n", where, "link", "set", device, "up"], check=True)

    def _start(self, namespace: str, role: str, configuration: str) -> None:
        path = self.folder / f"{namespace}-{role}.conf"
        path.write_text(configuration)
        (self.folder / namespace / "build").mkdir(parents=True, exist_ok=True)
        command = ["ip", "netns", "exec", namespace, self.tools / "sccache-dist", role, "--config", path]
        environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "SCCACHE_NO_DAEMON": "1", "HOME": str(self.folder)}
        with path.with_suffix(".log").open("wb") as log:
            self.running.append(subprocess.Popen(command, stdout=log, stderr=log, env=environment))


_SCHEDULER = """public_addr = "0.0.0.0:10600"
[client_auth]
type = "token"
token = "{token}"
[server_auth]
type = "token"
token = "{token}"
"""
_SERVER = """cache_dir = "{folder}/toolchains"
public_addr = "10.77.{number}.2:10501"
scheduler_url = "http://10.77.{number}.1:10600"
[builder]
type = "overlay"
build_dir = "{folder}/build"
bwrap_path = "/usr/bin/bwrap"
[scheduler_auth]
type = "token"
token = "{token}"
"""
