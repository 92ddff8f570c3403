from django.urls import path

from faubourg.accounts import views

app_name = "accounts"
urlpatterns = [
    path("entrer/", views.sign_in, name="sign_in"),
    path("entrer/envoye/", views.sent, name="sent"),
    path("entrer/<str:token>/", views.link, name="link"),
    path("sortir/", views.sign_out, name="sign_out"),
    path("mon-compte/confirmer/lien/", views.again, name="again"),
    path("mon-compte/", views.me, name="me"),
]
