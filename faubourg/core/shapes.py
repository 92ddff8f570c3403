"""The shape of a code as a promise of the database: the same letters on SQLite and on PostgreSQL."""

from typing import Any

from django.db.models import BooleanField, Func, Value


class Shaped(Func):
    """``Shaped("code", "Q[PN]" + 6 * "[0-9A-Z]")`` for a CHECK: the whole text, sign for sign.

    A shape is made of signs and of classes between brackets, which SQLite's GLOB and PostgreSQL's SIMILAR TO read
    alike. (Django's own ``__regex`` is a Python function on SQLite: no other program could write such a table.)
    """

    template = "%(expressions)s"
    output_field = BooleanField()

    def __init__(self, text: Any, shape: Any, **extra: Any) -> None:
        super().__init__(text, shape if hasattr(shape, "resolve_expression") else Value(shape), **extra)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, arg_joiner=" GLOB ", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, arg_joiner=" SIMILAR TO ", **context)
