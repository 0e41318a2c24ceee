"""What one compilation depended on, as entries of the cache that `checks.py` reads."""

from __future__ import annotations

from crosswarp.driver.cache import ObjectCache
from crosswarp.driver.configuration import CHANGEABLE
from crosswarp.driver.cuda_unit import CudaUnit
from crosswarp.driver.recall import shadows
from crosswarp.driver.recall.inputs import compiler_files, look_for_configuration, look_for_host_compiler, system_folders
from crosswarp.driver.recall.lists import FileList, file_list
from crosswarp.driver.recall.shadows import AbsentNames
from crosswarp.frontend.host_toolchain import host_toolchain


def checks_of(unit: CudaUnit, cache: ObjectCache, option_files: list[str], started: int) -> list[str] | None:
    """What has to hold for a result to be used again, None where that cannot be told. Raises `OSError`."""
    read = {*unit.read_files(), *option_files, unit.source.path} - {str(CHANGEABLE)}
    folders = shadows.search_folders(unit.front_end_commands())
    host = host_toolchain(unit.options.ccbin, unit.options.host_flags)
    roots = tuple(f"{root}/" for root in system_folders(host))
    absent = AbsentNames()
    read.update(look_for_configuration(absent, unit.source.path))
    look_for_host_compiler(absent, host.command[0])
    users = {path for path in read if not path.startswith(roots)}
    lists = [file_list(cache, users, started), file_list(cache, read - users, started),
             file_list(cache, compiler_files(host), started, sources=False)]
    kept = [each for each in lists if each is not None]
    if len(kept) < len(lists):
        return None
    _look_for_headers(absent, read, users, kept, folders)
    return [f"files:{each.key}" for each in kept] + [f"absent:{key}" for key in absent.store(cache, started)]


def _look_for_headers(absent: AbsentNames, read: set[str], users: set[str], lists: list[FileList], folders: list[str]) -> None:
    beside = {path.rpartition("/")[0] for path in users}
    names = {name for path in read for name in shadows.spellings(path, [*folders, *beside])}
    for name in names.union(*(each.asked for each in lists)):
        for folder in (*folders, *beside):
            absent.look_for(folder, name)
