"""The importers of the directory."""

from django.utils.translation import gettext_lazy as _

from interparl.core.hooks import Importer, add_importer
from interparl.directory.imports.countries_table import plan_countries
from interparl.directory.imports.fields import COUNTRY_FIELDS, PEOPLE_FIELDS
from interparl.directory.imports.people_table import plan_people
from interparl.directory.imports.popolo import plan_popolo

add_importer(Importer("popolo", _("Members of a parliament (Popolo JSON)"), plan_popolo))
add_importer(Importer("people-csv", _("People (table)"), plan_people, PEOPLE_FIELDS))
add_importer(Importer("countries", _("Countries and legislatures (table)"), plan_countries, COUNTRY_FIELDS))
