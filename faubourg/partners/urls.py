from django.urls import path

from faubourg.partners import views

app_name = "partners"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("chercher/", views.find, name="find"),
    path("nouveau/", views.open_new, name="open"),
    path("demandes/", views.claims, name="claims"),
    path("demandes/<str:code>/", views.decide, name="decide"),
    path("demandes/<str:code>/justificatif/", views.proof, name="proof"),
    path("personnes/<str:code>/terminer/", views.end, name="end"),
    path("<str:code>/", views.organisation, name="organisation"),
    path("<str:code>/rejoindre/", views.claim, name="claim"),
    path("<str:code>/nommer/", views.appoint, name="appoint"),
]
