from django.urls import path

from faubourg.demo import views

app_name = "demo"
urlpatterns = [path("entrer/", views.enter, name="enter")]
