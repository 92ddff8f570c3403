import fcntl
import json
import logging
from types import SimpleNamespace

import pytest

from faubourg.core import clock, daily
from tests.conftest import NOW

CALLS = []


def treat():
    CALLS.append("treat")
    return 3


def nothing():
    return None


def fail():
    raise RuntimeError("broken")


@pytest.fixture
def rooms(settings, tmp_path, monkeypatch):
    settings.HOME = tmp_path / "home"
    CALLS.clear()
    paths = tuple(f"{__name__}.{name}" for name in ("fail", "treat", "nothing"))
    monkeypatch.setattr(daily, "cards", lambda: [SimpleNamespace(often=(), daily=paths)])
    return tmp_path / "home"


def test_one_that_fails_does_not_stop_the_others(rooms, caplog):
    with caplog.at_level(logging.ERROR):
        assert [done.treated for done in daily.run()] == [None, 3, 0]
    assert f"daily: {__name__}.fail failed" in caplog.text


def test_what_is_done_often_is_done_daily_too(rooms, monkeypatch):
    """Where no worker runs, the day's command sends what waits."""
    paths = [f"{__name__}.{name}" for name in ("treat", "fail", "nothing")]
    card = SimpleNamespace(often=tuple(paths[:2]), daily=tuple(paths[2:]))
    monkeypatch.setattr(daily, "cards", lambda: [card])
    assert [done.treated for done in daily.run_often()] == [3, None]
    assert [done.path for done in daily.run()] == paths


def test_the_day_is_remembered(rooms):
    assert daily.last_run() is None
    daily.run()
    assert daily.last_run() == clock.today()
    assert json.loads((rooms / "daily.json").read_text()) == {"day": "2026-11-23"}


def test_it_runs_once_a_day(rooms):
    assert len(daily.run_if_due()) == 3
    assert daily.run_if_due() == []
    with clock.at(NOW.replace(day=24)):
        assert len(daily.run_if_due()) == 3
    assert CALLS == ["treat", "treat"]


def test_two_workers_do_not_both_run_it(rooms):
    rooms.mkdir()
    with (rooms / "daily.lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        assert daily.run_if_due() == []
    assert len(daily.run_if_due()) == 3


@pytest.mark.parametrize("text", ["", "{", "[]", '{"day": 3}', '{"day": "x"}'])
def test_a_broken_memory_is_forgotten(rooms, text):
    rooms.mkdir()
    (rooms / "daily.json").write_text(text)
    assert daily.last_run() is None
