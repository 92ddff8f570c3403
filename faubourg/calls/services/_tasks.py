"""Work that the worker does after the commit."""

from django_tasks import task


@task()
def make_receipt(code: str) -> None:
    from faubourg.calls.models import Application  # the worker imports this file before the rooms are ready
    from faubourg.calls.services.submission import send_receipt

    send_receipt(Application.objects.get(code=code))


def enqueue_receipt(code: str) -> None:
    make_receipt.enqueue(code)
