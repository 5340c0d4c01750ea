"""The fields that tables of bodies and of their members may fill, as the page of a mapping calls them."""

from django.utils.translation import gettext_lazy as _

MEMBER_FIELDS = {
    "person_id": _("id of the person"),
    "person": _("name of the person"),
    "other_name": _("another name"),
    "identifier": _("id of the person elsewhere"),
    "role": _("role"),
    "since": _("from (day)"),
    "until": _("until (day)"),
    "membership_id": _("id of the membership"),
    "about": _("remark"),
}
MEMBERSHIP_FIELDS = {
    "body_id": _("id of the body"),
    "body": _("name of the body"),
    **MEMBER_FIELDS,
}
BODY_FIELDS = {
    "id": _("id in the source"),
    "name": _("name"),
    "official_name": _("official name"),
    "kind": _("kind"),
    "partners": _("text that names partner countries"),
    "country": _("partner country"),
    "organisation": _("organisation"),
    "purpose": _("purpose"),
    "website": _("web page"),
    "since": _("from (day)"),
    "until": _("until (day)"),
    **{name: label for name, label in MEMBER_FIELDS.items() if name not in ("since", "until", "about")},
}
