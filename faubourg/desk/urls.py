from django.urls import path

from faubourg.desk.views import home, journal, post

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("courrier/", post.outbox, name="outbox"),
    path("courrier/<str:code>/", post.mail, name="mail"),
    path("courrier/<str:code>/pieces/<int:place>/", post.enclosure, name="enclosure"),
    path("courrier/<str:code>/renvoi/", post.retry, name="retry"),
    path("courrier/<str:code>/abandon/", post.drop, name="drop"),
    path("journal/", journal.journal, name="journal"),
]
