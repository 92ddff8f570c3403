from django.urls import path

from faubourg.desk.views import home, journal, post, search, territory

app_name = "desk"
PLACE = "territoire/quartiers/<str:code>/"
urlpatterns = [
    path("", home.home, name="home"),
    path("recherche/", search.search, name="search"),
    path("courrier/", post.outbox, name="outbox"),
    path("courrier/<str:code>/", post.mail, name="mail"),
    path("courrier/<str:code>/pieces/<int:place>/", post.enclosure, name="enclosure"),
    path("courrier/<str:code>/renvoi/", post.retry, name="retry"),
    path("courrier/<str:code>/abandon/", post.drop, name="drop"),
    path("journal/", journal.journal, name="journal"),
    path("territoire/", territory.territory, name="territory"),
    path("territoire/communes/nouvelle/", territory.municipality_new, name="municipality_new"),
    path("territoire/communes/tableau/", territory.municipalities_load, name="municipalities_load"),
    path("territoire/communes/<str:insee>/", territory.municipality, name="municipality"),
    path("territoire/communes/<str:insee>/retrait/", territory.municipality_remove, name="municipality_remove"),
    path("territoire/listes/nouvelle/", territory.geography_new, name="geography_new"),
    path("territoire/listes/<slug:code>/", territory.geography, name="geography"),
    path("territoire/listes/<slug:code>/retrait/", territory.geography_remove, name="geography_remove"),
    path("territoire/quartiers/nouveau/", territory.neighbourhood_new, name="neighbourhood_new"),
    path(PLACE, territory.neighbourhood, name="neighbourhood"),
    path(f"{PLACE}retrait/", territory.neighbourhood_remove, name="neighbourhood_remove"),
    path(f"{PLACE}chiffres/", territory.figure_add, name="figure_add"),
    path(f"{PLACE}chiffres/<slug:indicator>/<int:edition>/retrait/", territory.figure_remove, name="figure_remove"),
]
