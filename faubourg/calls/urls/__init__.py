"""The room's addresses: the applicant's side under /dossiers/, the desk's side under /bureau/."""

from faubourg.calls.urls import applicant, desk

app_name = "calls"
urlpatterns = [*applicant.urlpatterns, *desk.urlpatterns]
