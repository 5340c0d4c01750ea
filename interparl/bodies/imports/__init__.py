"""The importers of bodies."""

from django.utils.translation import gettext_lazy as _

from interparl.bodies.imports.bodies_table import plan_bodies
from interparl.bodies.imports.fields import BODY_FIELDS, MEMBERSHIP_FIELDS
from interparl.bodies.imports.memberships_table import plan_memberships
from interparl.core.hooks import Importer, add_importer

NAMES = {"person": "directory.person"}

add_importer(Importer("bodies-csv", _("Groups, commissions, delegations (table)"), plan_bodies, BODY_FIELDS, NAMES))
add_importer(Importer("memberships-csv", _("Members of bodies (table)"), plan_memberships, MEMBERSHIP_FIELDS, NAMES))
