"""Addresses of those who apply."""

from django.urls import URLPattern, path

from faubourg.calls.views import applicant, draft, tracker

urlpatterns: list[URLPattern] = [
    path("dossiers/", applicant.mine, name="mine"),
    path("dossiers/nouveau/<slug:call>/", applicant.apply_start, name="apply_start"),
    path("dossiers/<str:code>/", applicant.application, name="application"),
    path("dossiers/<str:code>/etape/<slug:step>/", draft.edit, name="edit"),
    path("dossiers/<str:code>/champ/", draft.autosave, name="autosave"),
    path("dossiers/<str:code>/pieces/", draft.attach, name="attach"),
    path("dossiers/<str:code>/pieces/<str:file>/", tracker.piece, name="piece"),
    path("dossiers/<str:code>/pieces/<str:file>/retirer/", draft.detach, name="detach"),
    path("dossiers/<str:code>/envoi/", draft.submit, name="submit"),
    path("dossiers/<str:code>/depose/", tracker.sent, name="sent"),
    path("dossiers/<str:code>/reponse/", tracker.answer, name="answer"),
    path("dossiers/<str:code>/retrait/", tracker.withdraw, name="withdraw"),
    path("dossiers/<str:code>/papiers/<str:file>/", tracker.paper, name="paper"),
]
