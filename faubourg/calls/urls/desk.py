"""Addresses of the desk side of the calls: French paths, public codes."""

from django.urls import path

from faubourg.calls.views import committee, desk_calls, desk_files, desk_letters

urlpatterns = [
    path("bureau/appels/", desk_calls.desk_calls, name="desk_calls"),
    path("bureau/appels/nouveau/", desk_calls.call_new, name="call_new"),
    path("bureau/appels/<slug:code>/", desk_calls.call_edit, name="call_edit"),
    path("bureau/appels/<slug:code>/publication/", desk_calls.call_publish, name="call_publish"),
    path("bureau/appels/<slug:code>/enveloppes/", desk_calls.envelope_add, name="envelope_add"),
    path(
        "bureau/appels/<slug:code>/enveloppes/<slug:envelope>/montant/",
        desk_calls.envelope_resize,
        name="envelope_resize",
    ),
    path(
        "bureau/appels/<slug:code>/enveloppes/<slug:envelope>/retrait/",
        desk_calls.envelope_remove,
        name="envelope_remove",
    ),
    path("bureau/appels/<slug:code>/partage-des-avis/", desk_calls.share_opinions, name="share_opinions"),
    path("bureau/appels/<slug:code>/ouverture-du-comite/", desk_calls.open_committee, name="open_committee"),
    path("bureau/appels/<slug:code>/resultats/", desk_calls.announce, name="announce"),
    path("bureau/appels/<slug:code>/dossiers/", desk_files.desk_list, name="desk_list"),
    path("bureau/appels/<slug:code>/dossiers.csv", desk_files.csv, name="csv"),
    path("bureau/appels/<slug:code>/comite/", committee.committee, name="committee"),
    path("bureau/appels/<slug:code>/comite/projection/", committee.projected, name="projected"),
    path(
        "bureau/appels/<slug:code>/comite/<slug:application>/<slug:envelope>/",
        committee.decide,
        name="decide",
    ),
    path("bureau/appels/<slug:code>/lettres/", desk_letters.letters, name="letters"),
    path("bureau/appels/<slug:code>/lettres/preparation/", desk_letters.prepare_letters, name="prepare_letters"),
    path("bureau/appels/<slug:code>/lettres/envoi/", desk_letters.notify, name="notify"),
    path("bureau/dossiers/<slug:code>/", desk_files.desk_application, name="desk_application"),
    path("bureau/dossiers/<slug:code>/recevabilite/", desk_files.admit, name="admit"),
    path("bureau/dossiers/<slug:code>/non-recevable/", desk_files.reject, name="reject"),
    path("bureau/dossiers/<slug:code>/piece-manquante/", desk_files.ask_for_piece, name="ask_for_piece"),
    path("bureau/dossiers/<slug:code>/avis/", desk_files.opinion, name="opinion"),
]
