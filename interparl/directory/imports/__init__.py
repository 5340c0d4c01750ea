"""The importers of the directory."""

from django.utils.translation import gettext_lazy as _

from interparl.core.hooks import Importer, add_importer
from interparl.directory.imports.popolo import plan_popolo

add_importer(Importer("popolo", _("Members of a parliament (Popolo JSON)"), plan_popolo))
