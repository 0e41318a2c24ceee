"""make's job server: how many processes a command may run beside the one that make started.

`make -jN` keeps a token for every job but one in a pipe that its children inherit, or in a named pipe from make 4.4 on; `MAKEFLAGS`
says where. A child runs one job for nothing, reads a token for each further one, and writes it back afterwards (GNU make's manual,
"Sharing Job Slots with GNU make"). A recipe without `+` gets no pipe from older makes: there is then one job and no more.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat

_PLACE = re.compile(r"--jobserver-(?:auth|fds)=(?:fifo:(\S+)|(-?\d+),(-?\d+))")


class JobServer:
    """Tokens of one command. Without descriptors there are none to take."""

    def __init__(self, reading: int = -1, writing: int = -1) -> None:
        self._reading = reading
        self._writing = writing
        self._held: list[bytes] = []

    def take(self) -> bool:
        """Take a token if there is one; never waits."""
        try:
            token = os.read(self._reading, 1) if self._reading >= 0 else b""
        except OSError:  # none now
            return False
        self._held += [token] if token else []
        return bool(token)

    def keep(self, count: int) -> None:
        """Give tokens back until `count` are held."""
        while len(self._held) > max(count, 0):
            with contextlib.suppress(OSError):  # make has ended
                os.write(self._writing, self._held.pop())


def job_server() -> JobServer | None:
    """The job server that `MAKEFLAGS` names; None where no make with `-j` runs this command."""
    flags = os.environ.get("MAKEFLAGS", "").partition(" -- ")[0]
    places = _PLACE.findall(flags)
    if not places:
        return None
    fifo, reading, writing = places[-1]
    try:
        if fifo:
            both = os.open(fifo, os.O_RDWR | os.O_NONBLOCK)
            return JobServer(both, both)
        if not all(stat.S_ISFIFO(os.fstat(int(number)).st_mode) for number in (reading, writing)):
            return JobServer()  # not for this recipe: the numbers are those of other files
        # A description of our own: others who read the same pipe want to wait.
        return JobServer(os.open(f"/proc/self/fd/{reading}", os.O_RDONLY | os.O_NONBLOCK), int(writing))
    except OSError:
        return JobServer()
