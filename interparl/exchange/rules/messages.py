"""The sentences for findings and refusals, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from interparl.exchange.rules.findings import Finding, UnreadableFile

REFUSALS: Mapping[str, Promise | str] = {
    "damaged_archive": _("The compressed file is damaged or incomplete."),
    "empty": _("The file is empty."),
    "missing_key": _("This is not a Popolo file: it has no list “%(missing)s”."),
    "not_an_object": _("This is not a Popolo file: its outermost value is not an object with lists of records."),
    "not_json": _("This is not JSON: line %(line)s, column %(column)s cannot be read."),
    "not_text": _("The file is not in UTF-8 or UTF-16: line %(line)s, column %(column)s cannot be read."),
    "too_deep": _("Values are nested too deeply at line %(line)s, column %(column)s."),
    "too_large": _("The file is too large. Permitted number of bytes after unpacking: %(limit)s."),
}
FINDINGS: Mapping[str, Promise | str] = {
    "alike_organization": _("The name “%(name)s” is almost that of %(earlier)s, which has another id."),
    "broken_characters": _("The field “%(field)s” holds characters that were damaged before it came here."),
    "dangling": _("The field “%(field)s” points to “%(id)s”, which is not in the file."),
    "date_rewritten": _("The date “%(value)s” in “%(field)s” was read as %(read)s."),
    "dies_before_birth": _("The death (%(until)s) is before the birth (%(since)s)."),
    "ends_before_start": _("The end (%(until)s) is before the start (%(since)s)."),
    "hidden_characters": _("Characters in “%(field)s” that cannot be seen were found: %(characters)s."),
    "memberships_overlap": _("It holds on the same days as %(other)s, for the same person and organisation."),
    "no_dates": _("Neither the membership nor its term has a date."),
    "no_id": _("The id is missing."),
    "no_name": _("The name is missing."),
    "no_reference": _("The field “%(field)s” is missing."),
    "no_value": _("The value is missing, so the entry was left out."),
    "not_a_date": _("The field “%(field)s” holds “%(value)s”, which is not a date."),
    "not_a_list": _("The field “%(field)s” is not a list."),
    "not_a_web_address": _("The field “%(field)s” holds “%(value)s”, which is not a web address; it was left out."),
    "not_an_object": _("This is not an object with fields."),
    "null_list": _("The list “%(field)s” is null; it was read as empty."),
    "number_as_text": _("The field “%(field)s” holds a number; it was read as text."),
    "organization_assumed": _("The organisation is missing; the only legislature of the file, “%(id)s”, was taken."),
    "partly_outside_term": _("The dates (%(since)s to %(until)s) reach beyond the term “%(term)s”."),
    "repeated_key": _("The key “%(field)s” stands twice in one object; only the last was read."),
    "same_again": _("It says the same as %(earlier)s."),
    "same_id": _("The id “%(id)s” is also that of %(earlier)s, which says something else."),
    "same_identifier": _("The identifier %(identifier)s is also that of %(earlier)s."),
    "same_name": _("Another person, %(earlier)s, has the same name “%(name)s”."),
    "spaces_removed": _("Needless spaces in “%(field)s” were removed."),
    "terms_overlap": _("The term has days in common with “%(other)s”: %(since)s to %(until)s."),
    "too_deep": _("The field “%(field)s” is nested too deeply; it was left out."),
    "unknown_organization": _("The organisation “%(name)s” only says that it is not known; it was not taken as one."),
    "wholly_outside_term": _("The dates (%(since)s to %(until)s) lie outside the term “%(term)s”."),
    "wrong_type": _("The field “%(field)s” holds a value of the wrong type (%(type)s); it was left out."),
}


def text_of(finding: Finding) -> str:
    """The finding as a sentence."""
    return str(FINDINGS[finding.key]) % finding.params


def refusal_text(problem: UnreadableFile) -> str:
    """Why the file cannot be read, as a sentence."""
    return str(REFUSALS[problem.message_key]) % problem.params
