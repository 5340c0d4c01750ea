"""The WSGI application that granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.db import connections

from interparl.config.production import refuse_demonstration, refuse_weak_settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "interparl.config.settings")
# Another server than ours may load this file; its settings are judged as well.
refuse_weak_settings()
application = get_wsgi_application()
refuse_demonstration()
# The thread that starts serves no request, so its connection would only stay open.
connections.close_all()
# What a start leaves in memory stays for the life of the process: the collector need not walk it at every request.
gc.collect()
gc.freeze()
