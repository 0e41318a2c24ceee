"""Names that a command looked for in vain: a file of that name would have changed what it read.

    found: b/x.h      searched: a, b, c      ->  no `x.h` in a
    found: b/y/x.h    `a` has no folder y    ->  no `y` in a

Every folder that is searched is asked for every header, also those after the one that has it: one too many costs a compilation
later, one too few would give a wrong object.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

from crosswarp.driver.cache import ObjectCache, cache_key
from crosswarp.driver.recall.checks import ABSENT_FOLDER, folder_stamp, is_settled

_UNSETTLED = "?"
_SEARCH = ("-internal-externc-isystem", "-internal-isystem", "-idirafter", "-isystem", "-iquote", "-I")


def search_folders(commands: Iterable[list[str]]) -> list[str]:
    """The folders that clang's command lines name for headers."""
    found: dict[str, None] = {}
    for command in commands:
        words = iter(command)
        for word in words:
            option = next((option for option in _SEARCH if word.startswith(option)), None)
            if option is not None:
                found[(word[len(option) :] or next(words, "")).rstrip("/")] = None
    return list(found)


def spellings(path: str, folders: Iterable[str]) -> set[str]:
    """How a file may have been named in an `#include`: its path below each folder that holds it, as it is and without `..`."""
    ways = {path, os.path.normpath(path)}
    names = {way[len(folder) + 1 :] for way in ways for folder in folders if folder and way.startswith(folder + "/")}
    return names or {path if not path.startswith("/") else os.path.basename(path)}  # noqa: PTH119


class AbsentNames:
    """Names by the folder that they are not in."""

    def __init__(self) -> None:
        self.names: dict[str, set[str]] = {}
        self._listings: dict[str, set[str]] = {}

    def look_for(self, folder: str, name: str) -> None:
        """Note what is missing of `folder`/`name`, if it is."""
        at = folder
        for part in name.split("/"):
            if part not in ("", ".", "..") and part not in self._listing(at):
                self.names.setdefault(at, set()).add(part)
                return
            at = os.path.join(at, part)  # noqa: PTH118

    def _listing(self, folder: str) -> set[str]:
        if folder not in self._listings:
            try:
                self._listings[folder] = set(os.listdir(folder or "."))  # noqa: PTH208
            except OSError:
                self._listings[folder] = set()
        return self._listings[folder]

    def store(self, cache: ObjectCache, started: int) -> list[str]:
        """Put the names in the cache, those in folders that seldom change apart from the others. Returns the keys."""
        lines: dict[bool, list[str]] = {True: [], False: []}
        for folder, names in sorted(self.names.items()):
            mark = folder_stamp(folder)
            if mark != ABSENT_FOLDER and not is_settled(mark, started):
                mark = _UNSETTLED
            lines[folder.startswith("/usr/")].append("\t".join([mark, folder, *sorted(names)]))
        return [_stored(cache, "\n".join(part)) for part in lines.values() if part]


def _stored(cache: ObjectCache, text: str) -> str:
    key = cache_key(["recall-absent", text])
    if cache.get(key) is None:
        cache.put(key, os.fsencode(text))
    return key
