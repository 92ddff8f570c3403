"""Whatever is typed, a draft takes it or says why not."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from faubourg.calls import services
from faubourg.calls.draft import shown
from faubourg.core.errors import Refusal
from tests.calls.drafting.ground import again
from tests.factories.calls import draft, full_draft, signer_of

pytestmark = pytest.mark.django_db
HOW_MANY = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
NAMES = ["title", "summary", "public", "people_expected", "people_qpv", "starts_on", "ends_on", "objectives",
         "neighbourhoods", "q-besoin", "b-601", "b-74priv", "b-74priv-name", "b-74priv-state", "b-indirect-rule",
         "asked", "b-balance", "sworn"]  # fmt: skip


@HOW_MANY
@given(name=st.sampled_from(NAMES), text=st.one_of(st.text(), st.from_regex(r"[0-9 ,.€Oo/-]{0,12}")))
def test_save_field_of_anything_raises_nothing_but_a_refusal(name, text):
    application = draft()
    signer = signer_of(application.organisation)
    try:
        saved = services.save_field(application, name, text, by=signer)
    except Refusal:
        assert again(application).version == 0
        return
    row = again(application)
    assert saved.version == row.version == 1
    services.problems(row)
    if saved.problem and not name.startswith(("b-", "q-")):
        assert shown(row, [name])[name] == text.replace("\x00", "").replace("\r\n", "\n") or name in (
            "starts_on",
            "ends_on",
        )


@HOW_MANY
@given(text=st.one_of(st.text(), st.from_regex(r"-?[0-9  ,.€Ool]{0,14}")))
def test_save_asked_amount_of_anything_is_counted_or_kept(text):
    application = draft()
    name = f"asked-{application.call.envelopes.first().envelope.code}"
    saved = services.save_field(application, name, text, by=signer_of(application.organisation))
    row = again(application)
    asked = sum(line.asked_cents for line in row.lines.all())
    assert asked >= 0
    assert bool(saved.problem) == (name in row.typed)
    assert not (saved.problem and asked)


def test_full_draft_lacks_nothing():
    assert services.problems(full_draft()) == []
