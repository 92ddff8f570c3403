"""`make run` played for real: whoever ends make ends all that it started."""

import os
import signal
import subprocess
from contextlib import suppress

import pytest

from tests.config.test_demo_command import listens, spare_port
from tests.databases import empty_database, environment
from tests.house.places import ROOT

pytestmark = pytest.mark.clock(None)


def test_make_that_is_asked_to_end_leaves_nothing_running(tmp_path):
    """A supervisor signals make alone, not the group of its children as a terminal does."""
    port = spare_port()
    with empty_database(tmp_path) as address:
        make = subprocess.Popen(  # noqa: S603
            ["make", "run", f"PORT={port}"],  # noqa: S607
            cwd=ROOT,
            env=environment(address, tmp_path / "home", FAUBOURG_WORKERS="1"),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        for line in make.stdout:
            if line.startswith("Faubourg est ouvert"):
                break
        assert listens(port)
        make.send_signal(signal.SIGTERM)
        try:
            make.communicate(timeout=30)  # until the last of them has closed its output
        finally:
            with suppress(ProcessLookupError):
                os.killpg(make.pid, signal.SIGKILL)
        assert not listens(port)
