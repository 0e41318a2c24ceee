"""Runs the steps of one request: their warnings are shown, their times noted, their errors put together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from crosswarp.driver import report
from crosswarp.driver.jobserver import job_server
from crosswarp.driver.pool import Pool
from crosswarp.driver.request import Request


def pool_of(request: Request, folder: Path) -> Pool:
    """A pool with as many processes as the request may have; `folder` holds the held-back output."""
    return Pool(request.jobs, folder, job_server() if request.shares_jobs else None)


def run_steps(request: Request, pool: Pool, sources: Mapping[str, str], prepare: Callable[[], None] | None = None) -> None:
    """Run the steps of a pool; `sources` and `prepare` as `PhaseTimes.record` and `Pool.run` have them. Raises `CrosswarpError`."""
    try:
        pool.run(prepare)
        report.show_warnings(pool)
        request.times.record(pool, sources)
    except Exception as error:
        raise report.merged(error, pool) from error
    finally:
        pool.remove_logs()
