"""The worker: background tasks as they come; beside them the day's work and what the rooms do every minute."""

import logging
import os
import threading
import time
from collections.abc import Callable

from django.db import close_old_connections, connection
from django.utils.crypto import get_random_string

from faubourg.core import daily

log = logging.getLogger(__name__)
ROUND = 60.0  # seconds between two rounds of the housekeeper


class Housekeeper(threading.Thread):
    """Once a minute: is today's work done, does a mail wait, is a page due?"""

    def __init__(self, end: Callable[[], None]) -> None:
        super().__init__(name="housekeeper")
        self.over = threading.Event()
        self.end = end
        self.parent = os.getppid()

    def run(self) -> None:
        next_round = 0.0
        while not self.over.wait(1.0):
            if os.getppid() != self.parent:
                self.end()  # the head of the tree was killed: nobody else will tell us
                return
            if time.monotonic() >= next_round:
                one_round()
                next_round = time.monotonic() + ROUND


def one_round() -> None:
    close_old_connections()
    try:
        daily.run_if_due()
        daily.run_often()
    except Exception:
        log.exception("the housekeeper's round failed")
    finally:
        connection.close()


def work() -> int:
    """Until asked to stop; the task and the round at hand are finished first."""
    from django_tasks_db.management.commands.db_worker import Worker

    logging.getLogger("django_tasks_db").setLevel(logging.ERROR)
    worker = Worker(
        queue_names=["*"],
        interval=1.0,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )
    housekeeper = Housekeeper(end=lambda: os.kill(os.getpid(), 15))
    daily.prepare()
    worker.configure_signals()
    housekeeper.start()
    try:
        worker.run()
    finally:
        housekeeper.over.set()
        housekeeper.join(20)
    return 0
