from django.urls import path

from faubourg.website.views import calls, home, laws, photos, places, projects, search

app_name = "website"
urlpatterns = [
    path("", home.home, name="home"),
    path("appels-a-projets/", calls.call_list, name="call_list"),
    path("appels-a-projets/<slug:code>/", calls.call, name="call"),
    path("appels-a-projets/<slug:code>/resultats/", calls.results, name="results"),
    path("appels-a-projets/<slug:code>/resultats.csv", calls.results_csv, name="results_csv"),
    path("projets/", projects.project_list, name="project_list"),
    path("projets/<str:code>/", projects.project, name="project"),
    path("themes/<slug:slug>/", projects.theme, name="theme"),
    path("quartiers/", places.neighbourhood_list, name="neighbourhood_list"),
    path("quartiers/<slug:slug>/", places.neighbourhood, name="neighbourhood"),
    path("contrat/", places.contract, name="contract"),
    path("photos/images/<str:name>", photos.photo, name="photo"),
    path("recherche/", search.search, name="search"),
    path("accessibilite/", laws.accessibility, name="accessibility"),
    path("mentions-legales/", laws.legal, name="legal"),
    path("donnees-personnelles/", laws.privacy, name="privacy"),
    path("cookies/", laws.cookies, name="cookies"),
    path(".well-known/security.txt", laws.security, name="security"),
    path("plan-du-site/", laws.sitemap, name="sitemap"),
]
