"""The core's one page: the gallery of its components."""

from django.urls import path

from faubourg.core import gallery

app_name = "core"
urlpatterns = [path("galerie/", gallery.gallery, name="gallery")]
