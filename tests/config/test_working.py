import logging
import signal
import threading
import time

import pytest

from faubourg.config import working

pytestmark = pytest.mark.clock(None)


@pytest.fixture
def rounds(monkeypatch):
    done = []
    monkeypatch.setattr(working, "connection", type("None", (), {"close": staticmethod(lambda: None)}))
    monkeypatch.setattr(working, "close_old_connections", lambda: None)
    monkeypatch.setattr(working.daily, "run_if_due", lambda: done.append("daily"))
    monkeypatch.setattr(working.daily, "run_often", lambda: done.append("mails"))
    return done


def test_a_round_does_the_day_and_the_mails(rounds):
    working.one_round()
    assert rounds == ["daily", "mails"]


def test_a_round_that_breaks_is_logged(rounds, monkeypatch, caplog):
    def broken():
        raise RuntimeError("x")

    monkeypatch.setattr(working.daily, "run_if_due", broken)
    with caplog.at_level(logging.ERROR):
        working.one_round()
    assert "the housekeeper's round failed" in caplog.text


def test_the_housekeeper_makes_its_rounds_until_it_is_over(rounds):
    housekeeper = working.Housekeeper(end=lambda: None)
    housekeeper.start()
    deadline = time.monotonic() + 10
    while not rounds and time.monotonic() < deadline:
        time.sleep(0.05)
    housekeeper.over.set()
    housekeeper.join(10)
    assert (rounds, housekeeper.is_alive()) == (["daily", "mails"], False)


def test_the_housekeeper_ends_the_worker_of_a_dead_parent(rounds):
    ended = threading.Event()
    housekeeper = working.Housekeeper(end=ended.set)
    housekeeper.parent = -1
    housekeeper.start()
    assert ended.wait(10)
    housekeeper.join(10)
    assert rounds == []


def test_the_worker_works_until_it_is_asked_to_stop(rounds, monkeypatch):
    from django_tasks_db.management.commands.db_worker import Worker

    seen = {}

    def run(self):
        seen.update(queues=self.queue_names, all=self.process_all_queues, signals=signal.getsignal(signal.SIGTERM))

    monkeypatch.setattr(Worker, "run", run)
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)}
    try:
        assert working.work() == 0
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    assert (seen["queues"], seen["all"], seen["signals"].__name__) == (["*"], True, "shutdown")
