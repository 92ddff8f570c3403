"""What the web server loads, once, before it divides into processes and threads."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "faubourg.config.settings")
gc.disable()  # while modules are loaded there is no garbage to look for
application = get_wsgi_application()
# All addresses and their pages, now: two threads that load them at the first two visits may trip over each other.
get_resolver().url_patterns  # noqa: B018
gc.freeze()  # what was loaded is shared by the processes, and stays so: nobody looks for garbage in it
gc.enable()
