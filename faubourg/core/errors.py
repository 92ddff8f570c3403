"""Refusals: what a service answers when it will not. Said to the person, never a traceback."""


class Refusal(Exception):  # noqa: N818  it is an answer, not an error
    """A service's clear no: what happened, what is kept, what to do.

    ``field`` names the form field beside which the words belong; ``""`` for the whole page.
    """

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NotAllowed(Refusal):
    """The rule says that this person may not do this. Answered with 403."""


class Conflict(Refusal):
    """Somebody else wrote first. Nothing was overwritten; both values are shown. Answered with 409.

    ``current`` is what stands there now, as a person would type it.
    """

    def __init__(self, message: str, *, field: str = "", current: str = "") -> None:
        super().__init__(message, field=field)
        self.current = current


class Refusals(Refusal):
    """Several refusals at once, one per field: a submission with three faults names all three."""

    def __init__(self, items: list[Refusal]) -> None:
        super().__init__(" ".join(item.message for item in items))
        self.items = items
