#!/usr/bin/env python
"""Django's usual door; the installed ``faubourg manage`` is the same one."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "faubourg.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
