"""Asked last: the tree of the editors' pages. Of the library's addresses this one alone; the others are doors."""

from django.urls import re_path
from wagtail.urls import serve_pattern
from wagtail.views import serve

urlpatterns = [re_path(serve_pattern, serve, name="wagtail_serve")]
