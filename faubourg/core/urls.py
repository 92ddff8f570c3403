"""The gallery of components, and the town's look."""

from django.urls import path

from faubourg.core import gallery, looks

app_name = "core"
urlpatterns = [
    path("galerie/", gallery.gallery, name="gallery"),
    path("apparence/<str:digest>/couleurs.css", looks.colours, name="colours"),
    path("apparence/<str:digest>/icone.svg", looks.icon, name="icon"),
    path("apparence/<str:digest>/logo", looks.logo, name="logo"),
]
