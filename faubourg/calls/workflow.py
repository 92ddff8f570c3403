"""The moves of a call and of an application, as tables (rules.md 1.5). Each move is a service of the same name."""

from faubourg.calls.enums import ApplicationState as A
from faubourg.calls.enums import CallState as C
from faubourg.core.workflow import Workflow, moves

CALL = Workflow(
    "appel",
    dict(C.choices),
    C.DRAFT,
    moves(
        ("publish", C.DRAFT, C.PUBLISHED, "publier cet appel"),
        ("open_committee", C.PUBLISHED, C.COMMITTEE, "ouvrir le comité"),
        ("announce", C.COMMITTEE, C.ANNOUNCED, "publier les résultats"),
    ),
)

APPLICATION = Workflow(
    "dossier",
    dict(A.choices),
    A.DRAFT,
    moves(
        ("submit", A.DRAFT, A.SUBMITTED, "déposer ce dossier"),
        ("ask_for_piece", A.SUBMITTED, A.INFO_REQUESTED, "demander une pièce"),
        ("answer_request", A.INFO_REQUESTED, A.SUBMITTED, "répondre à la demande"),
        ("admit", (A.SUBMITTED, A.INFO_REQUESTED), A.ADMISSIBLE, "déclarer ce dossier recevable"),
        ("reject", (A.SUBMITTED, A.INFO_REQUESTED), A.INADMISSIBLE, "déclarer ce dossier non recevable"),
        ("close_decision", A.ADMISSIBLE, A.DECIDED, "arrêter la décision"),
        ("reopen_decision", A.DECIDED, A.ADMISSIBLE, "rouvrir la décision"),
        ("notify", A.DECIDED, A.NOTIFIED, "notifier la décision"),
        (
            "withdraw",
            (A.DRAFT, A.SUBMITTED, A.INFO_REQUESTED, A.ADMISSIBLE),
            A.WITHDRAWN,
            "retirer ce dossier",
        ),
    ),
)
