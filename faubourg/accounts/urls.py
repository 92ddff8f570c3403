from django.urls import path

from faubourg.accounts import views

app_name = "accounts"
urlpatterns = [
    path("entrer/", views.sign_in, name="sign_in"),
    path("entrer/envoye/", views.sent, name="sent"),
    path("entrer/avec/<slug:provider>/", views.identity_ask, name="identity_ask"),
    path("entrer/avec/<slug:provider>/retour/", views.identity_answer, name="identity_answer"),
    path("entrer/<str:token>/", views.link, name="link"),
    path("sortir/", views.sign_out, name="sign_out"),
    path("mon-compte/confirmer/lien/", views.again, name="again"),
    path("mon-compte/identites/<slug:provider>/retirer/", views.identity_unlink, name="identity_unlink"),
    path("mon-compte/", views.me, name="me"),
]
