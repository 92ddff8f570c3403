"""Public codes: what a person reads in an address, a letter or the journal. Never a primary key."""

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0/O, 1/I/L: a code is read aloud on the phone


def new_code(prefix: str, length: int = 8) -> str:
    """A code that cannot be guessed: ``new_code("U")`` gives ``U-7FK3M9QX`` (31**8, about 39 bits)."""
    return f"{prefix}-{''.join(secrets.choice(ALPHABET) for _ in range(length))}"
