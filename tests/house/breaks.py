"""The list of breaks: each is planted in a copy of the house (or as an injected thing) and must be caught.

| what is broken | what catches it |
Every row names its check; test_breaks.py plants them one by one and sees the check fail on exactly that.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.house import code, needs, pages, papers, tables


@dataclass(frozen=True)
class Break:
    """Write ``text`` (or add it) in ``file`` of a copy: ``caught_by`` then tells of ``told``."""

    what: str
    file: str
    text: str
    caught_by: Callable[[Path], list[str] | str]
    told: str
    whole: bool = False  # replace the file instead of adding to it


LONG = "\n".join(f"    a{number} = {number}" for number in range(60))

BREAKS = (
    # ------------------------------------------------------------------ import contracts (import-linter)
    Break(
        "a room imports a room above it",
        "faubourg/funding/rules.py",
        "\nfrom faubourg.calls import enums as planted\n",
        code.lint_imports,
        "faubourg.funding is not allowed to import faubourg.calls",
    ),
    Break(
        "the same, inside a function",
        "faubourg/territory/selectors.py",
        "\ndef planted() -> None:\n    import faubourg.projects.models  # noqa: F401\n",
        code.lint_imports,
        "faubourg.territory is not allowed to import faubourg.projects",
    ),
    Break(
        "a room imports another of its floor",
        "faubourg/questions/selectors.py",
        "\nfrom faubourg.documents import selectors as planted\n",
        code.lint_imports,
        "faubourg.questions is not allowed to import faubourg.documents",
    ),
    Break(
        "models import services of their own room",
        "faubourg/territory/models.py",
        "\nfrom faubourg.territory import services as planted\n",
        code.lint_imports,
        "faubourg.territory.models is not allowed to import faubourg.territory.services",
    ),
    Break(
        "rules import services of their own room",
        "faubourg/partners/rules.py",
        "\nfrom faubourg.partners import services as planted\n",
        code.lint_imports,
        "faubourg.partners.rules is not allowed to import faubourg.partners.services",
    ),
    Break(
        "a second importer of typst",
        "faubourg/calls/rules.py",
        "\nimport typst as planted\n",
        code.lint_imports,
        "faubourg.calls.rules -> typst",
    ),
    Break(
        "a room imports config",
        "faubourg/journal/selectors.py",
        "\nfrom faubourg.config import settings as planted\n",
        code.lint_imports,
        "faubourg.journal.selectors -> faubourg.config.settings",
    ),
    Break(
        "a room without a floor",
        "faubourg/attic/__init__.py",
        "",
        code.lint_imports,
        "attic",
        whole=True,
    ),
    # ------------------------------------------------------------------ code
    Break(
        "a file of more than 400 lines",
        "faubourg/calls/enums.py",
        "# one more\n" * 400,
        code.too_big,
        "faubourg/calls/enums.py: ",
    ),
    Break(
        "a file of tests of more than 400 lines",
        "tests/planted/test_planted.py",
        "# one more\n" * 401,
        code.too_big,
        "tests/planted/test_planted.py: 401 lines",
    ),
    Break(
        "a function of more than 40 lines",
        "faubourg/core/money.py",
        f"\ndef planted() -> None:\n{LONG}\n",
        code.too_big,
        "faubourg/core/money.py:planted: 61 lines",
    ),
    Break(
        "a view of more than 25 lines",
        "faubourg/planted/views.py",
        f"\ndef planted() -> None:\n{LONG[:430]}\n",
        code.too_big,
        "faubourg/planted/views.py:planted: ",
    ),
    Break(
        "a view creates a row",
        "faubourg/planted/views.py",
        "def planted(Model):\n    Model.objects.create(a=1)\n",
        code.writes_outside_services,
        "faubourg/planted/views.py:2: .create()",
    ),
    Break(
        "a form saves by itself",
        "faubourg/planted/forms.py",
        "def planted(form):\n    form.save()\n",
        code.writes_outside_services,
        "faubourg/planted/forms.py:2: .save()",
    ),
    Break(
        "a tag updates rows",
        "faubourg/planted/templatetags/planted.py",
        "def planted(rows):\n    rows.update(state='x')\n",
        code.writes_outside_services,
        "faubourg/planted/templatetags/planted.py:2: .update()",
    ),
    Break(
        "a selector deletes",
        "faubourg/planted/selectors.py",
        "def planted(rows):\n    rows.delete()\n",
        code.writes_outside_services,
        "faubourg/planted/selectors.py:2: .delete()",
    ),
    Break(
        "a view sets the rows of a relation",
        "faubourg/planted/views.py",
        "def planted(call):\n    call.objectives.set([])\n",
        code.writes_outside_services,
        "faubourg/planted/views.py:2: .set()",
    ),
    Break(
        "a service takes another room's manager",
        "faubourg/planted/services.py",
        "from faubourg.accounts.models import User\n\nUser.objects.all()\n",
        code.foreign_rows,
        "faubourg/planted/services.py:3: User.objects",
    ),
    Break(
        "a room listens to a signal",
        "faubourg/planted/apps.py",
        "from django.db.models.signals import post_save\n",
        code.signals,
        "faubourg/planted/apps.py: django.db.models.signals",
    ),
    Break(
        "a service looks at the machine's clock",
        "faubourg/planted/services.py",
        "from django.utils import timezone\n\ntimezone.now()\n",
        code.loose_clocks,
        "faubourg/planted/services.py:3",
    ),
    Break(
        "a straight apostrophe in a refusal",
        "faubourg/planted/services.py",
        'WORDS = "Il n\'y a rien."\n',
        code.straight_apostrophes,
        "faubourg/planted/services.py:1: n'y",
    ),
    # ------------------------------------------------------------------ pages
    Break(
        "an English button",
        "faubourg/website/templates/planted.html",
        "<button>Submit</button>",
        pages.english,
        "faubourg/website/templates/planted.html: Submit",
    ),
    Break(
        "an English alternative text",
        "faubourg/website/templates/planted.html",
        '<img alt="the town">',
        pages.english,
        "faubourg/website/templates/planted.html: the",
    ),
    Break(
        "a straight apostrophe in a page",
        "faubourg/website/templates/planted.html",
        "<p>l'appel</p>",
        pages.straight_apostrophes,
        "faubourg/website/templates/planted.html: l'a",
    ),
    Break(
        "a style in a page",
        "faubourg/website/templates/planted.html",
        '<p style="color: red">a</p>',
        pages.inline,
        "faubourg/website/templates/planted.html: style=",
    ),
    Break(
        "a script in a page",
        "faubourg/website/templates/planted.html",
        "<script>alert(1)</script>",
        pages.inline,
        "faubourg/website/templates/planted.html: <script>",
    ),
    Break(
        "a handler in a page",
        "faubourg/website/templates/planted.html",
        '<a onclick="a()">a</a>',
        pages.inline,
        'faubourg/website/templates/planted.html: onclick="',
    ),
    Break(
        "a file that is not there",
        "faubourg/website/templates/planted.html",
        '{% load static %}<img src="{% static "planted.png" %}" alt="">',
        pages.lost_files,
        "faubourg/website/templates/planted.html: planted.png",
    ),
    Break(
        "an address that is not there",
        "faubourg/website/templates/planted.html",
        '{% url "website:planted" %}',
        pages.lost_urls,
        "faubourg/website/templates/planted.html: website:planted",
    ),
    Break(
        "a fragment that is not there",
        "faubourg/website/templates/planted.html",
        '{% include "website/_planted.html" %}',
        pages.lost_templates,
        "faubourg/website/templates/planted.html: website/_planted.html",
    ),
    Break(
        "a template out of form",
        "faubourg/website/templates/planted.html",
        "{%load static%}\n{{a|upper }}\n",
        pages.unformatted,
        "planted.html",
    ),
    # ------------------------------------------------------------------ rooms that may be closed
    Break(
        "a room that its card does not say",
        "faubourg/funding/rules.py",
        "\nfrom faubourg.territory import rules as planted\n",
        needs.untrue_needs,
        "funding: not on its card: territory",
    ),
    Break(
        "a rule of such a room, named",
        "faubourg/funding/apps.py",
        '\nPLANTED = "faubourg.territory.rules.may"\n',
        needs.untrue_needs,
        "funding: not on its card: territory",
    ),
    Break(
        "a need that is none",
        "faubourg/questions/apps.py",
        '\nclass Planted(QuestionsCard):\n    needs = ("journal", "accounts", "partners")\n',
        needs.untrue_needs,
        "questions: not needed: partners",
    ),
    Break(
        "a template that leads to a room that may be closed",
        "faubourg/partners/templates/planted.html",
        '{% url "website:home" as planted_url %}<a href="{{ planted_url }}">x</a>',
        needs.blind_ways,
        "faubourg/partners/templates/planted.html: website:home",
    ),
    Break(
        "code that leads to a room that may be closed",
        "faubourg/desk/words.py",
        '\nPLANTED = reverse("website:home")\n',
        needs.blind_ways,
        "faubourg/desk/words.py: website:home",
    ),
    # ------------------------------------------------------------------ papers and migrations
    Break(
        "a setting that nobody documented",
        "faubourg/config/settings.py",
        '\nPLANTED = env.str("FAUBOURG_PLANTED", default="")\n',
        papers.settings_gaps,
        "read, not documented: FAUBOURG_PLANTED",
    ),
    Break(
        "a documented setting that nobody reads",
        "docs/settings.md",
        "\n| `FAUBOURG_PLANTED` | a | b |\n",
        papers.settings_gaps,
        "documented, never read: FAUBOURG_PLANTED",
    ),
    Break(
        "a second migration",
        "faubourg/accounts/migrations/0002_planted.py",
        "",
        tables.migrations_of,
        "faubourg/accounts/migrations: ['0001_initial.py', '0002_planted.py']",
    ),
    Break(
        "a constraint outside CreateModel",
        "faubourg/accounts/migrations/0001_initial.py",
        "\nPLANTED = migrations.AddConstraint\n",
        tables.migrations_of,
        "faubourg/accounts/migrations/0001_initial.py: AddConstraint",
    ),
)
