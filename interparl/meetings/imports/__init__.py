"""The importers of meetings."""

from django.utils.translation import gettext_lazy as _

from interparl.core.hooks import Importer, add_importer
from interparl.meetings.imports.events_table import KIND, plan_events
from interparl.meetings.imports.fields import EVENT_FIELDS

NAMES = {"person": "directory.person"}

add_importer(Importer(KIND, _("Visits, meetings, sittings (table)"), plan_events, EVENT_FIELDS, NAMES))
