"""The WSGI application that granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "interparl.config.settings")
application = get_wsgi_application()
# What a start leaves in memory stays for the life of the process: the collector need not walk it at every request.
gc.collect()
gc.freeze()
