"""The strictness of the tests is itself tested."""

import socket
import warnings

import pytest
from django.template import Context, Template

from faubourg.accounts.models import User
from tests.factories.accounts import UserFactory
from tests.strict import ClosedNetworkError, UnknownVariableError, UnorderedSliceError


def test_an_unknown_variable_fails():
    with pytest.raises(UnknownVariableError, match=r"\{\{ person.nickname \}\}"):
        Template("{{ person.nickname }}").render(Context({"person": User()}))


def test_asking_whether_there_is_one_does_not():
    assert Template("{% if hint %}{{ hint }}{% endif %}.").render(Context()) == "."


@pytest.mark.django_db
def test_rows_without_an_order_come_in_any():
    pks = {UserFactory.create().pk for _ in range(8)}
    seen = {tuple(User.objects.values_list("pk", flat=True)) for _ in range(12)}
    assert len(seen) > 1
    assert all(set(one) == pks for one in seen)


@pytest.mark.django_db
def test_rows_with_an_order_keep_it():
    pks = [UserFactory.create().pk for _ in range(8)]
    assert [user.pk for user in User.objects.order_by("pk")] == pks
    assert User.objects.order_by("pk")[2].pk == pks[2]


@pytest.mark.django_db
def test_a_slice_without_an_order_fails():
    UserFactory.create()
    with pytest.raises(UnorderedSliceError, match="User"):
        User.objects.all()[:5]
    assert User.objects.first() is not None
    assert User.objects.get() is not None


def test_nothing_leaves_the_machine():
    with pytest.raises(ClosedNetworkError, match=r"where example\.org is"):
        socket.create_connection(("example.org", 80), timeout=1)
    with socket.socket() as link:
        with pytest.raises(ClosedNetworkError, match=r"192\.0\.2\.1"):
            link.connect(("192.0.2.1", 80))
        with pytest.raises(ClosedNetworkError, match=r"192\.0\.2\.1"):
            link.connect_ex(("192.0.2.1", 80))
        assert link.connect_ex(("127.0.0.1", 1)) != 0


def test_warnings_are_errors():
    with pytest.raises(DeprecationWarning):
        warnings.warn("old", DeprecationWarning, stacklevel=1)
