"""The sentences for findings and refusals, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from interparl.exchange.rules.dates import Order
from interparl.exchange.rules.findings import Finding, UnreadableFile
from interparl.exchange.rules.wrong_mapping import WrongMapping

REFUSALS: Mapping[str, Promise | str] = {
    "cell_too_long": _("A cell in row %(place)s is longer than %(most)s characters."),
    "damaged_archive": _("The compressed file is damaged or incomplete."),
    "damaged_workbook": _("The workbook is damaged or incomplete and cannot be read."),
    "empty": _("The file is empty."),
    "headings_too_long": _(
        "The headings are too long for so many rows. Permitted number of characters in all headings: %(most)s."
    ),
    "is_archive": _("This is an archive. Please unpack it and hand in the table within it."),
    "is_cards": _("This is a calendar or a list of contacts in a form of its own, not a table."),
    "is_document": _(
        "This is a text document. Please copy its table and paste it, or save the table as .xlsx or .csv."
    ),
    "is_markup": _("This is XML, not a table. Please save the table as .xlsx or .csv."),
    "is_old_workbook": _("This is a workbook of another form. Please open it and save it as .xlsx."),
    "is_open_document": _("This is an OpenDocument file. Please open it and save it as .xlsx or .csv."),
    "is_pdf": _("This is a PDF. Please ask for the table itself, as .xlsx or .csv."),
    "is_picture": _("This is a picture or a recording, not a table."),
    "is_protected": _("The workbook is protected by a password. Please save it without one."),
    "is_web_page": _(
        "This is a page of the web. Please copy its table and paste it, or save the table as .xlsx or .csv."
    ),
    "line_too_long": _("Line %(line)s is too long for a table. Permitted number of characters: %(most)s."),
    "missing_key": _("This is not a Popolo file: it has no list “%(missing)s”."),
    "no_body_named": _(
        "No column of this table names a body. Its columns: %(columns)s. "
        "Say by a mapping which one does, or name the body."
    ),
    "no_country_named": _(
        "No column of this table names a country. Its columns: %(columns)s. Say by a mapping which one does."
    ),
    "no_event_named": _(
        "No column of this table names an event. Its columns: %(columns)s. Say by a mapping which one does."
    ),
    "no_list": _("The file has no list of objects that could be the rows of a table."),
    "no_rows": _("The file has no rows."),
    "no_such_list": _("The file has no list “%(path)s”."),
    "no_such_row": _("There is no row %(row)s that could be the heading."),
    "no_such_sheet": _("The workbook has no sheet “%(sheet)s”. Its sheets: %(sheets)s."),
    "nobody_named": _(
        "No column of this table names a person. Its columns: %(columns)s. Say by a mapping which one does."
    ),
    "not_an_object": _("This is not a Popolo file: its outermost value is not an object with lists of records."),
    "not_in_encoding": _("The file is not in %(encoding)s: line %(line)s, column %(column)s cannot be read."),
    "not_json": _("This is not JSON: line %(line)s, column %(column)s cannot be read."),
    "not_turtle": _("This is not Turtle: line %(line)s, column %(column)s cannot be read."),
    "not_text": _("The file is not in UTF-8 or UTF-16: line %(line)s, column %(column)s cannot be read."),
    "open_quote": _(
        "A quotation mark that begins at line %(line)s, column %(column)s is not closed where its cell ends."
    ),
    "other_table": _("This is not the table that “%(mapping)s” reads: it has no column “%(missing)s”."),
    "prefix_unknown": _("The prefix “%(prefix)s” at line %(line)s, column %(column)s is not declared in the file."),
    "row_too_long": _("Line %(line)s has more cells (%(given)s) than the heading (%(expected)s)."),
    "several_lists": _("The file has several lists. Please say which one holds the rows: %(lists)s."),
    "too_deep": _("Values are nested too deeply at line %(line)s, column %(column)s."),
    "too_large": _("The file is too large. Permitted number of bytes after unpacking: %(limit)s."),
    "too_many_cells": _("The table is too large. Permitted number of cells: %(most)s."),
    "too_many_columns": _("The table has too many columns. Permitted: %(most)s."),
    "too_many_rows": _("The table has too many rows. Permitted: %(most)s."),
    "too_many_values": _("The file holds too many values. Permitted: %(most)s."),
    "unknown_delimiter": _("Cells cannot be parted by “%(delimiter)s”. Permitted are comma, semicolon, tab and bar."),
    "unknown_encoding": _("The encoding “%(encoding)s” is not known."),
    "unsafe_workbook": _("The workbook refers to things outside it or defines its own signs; such a file is not read."),
}
FINDINGS: Mapping[str, Promise | str] = {
    "alike_organization": _("The name “%(name)s” is almost that of %(earlier)s, which has another id."),
    "broken_characters": _("The field “%(field)s” holds characters that were damaged before it came here."),
    "cell_error": _("Cell %(cell)s holds the error “%(value)s”; it was read as empty."),
    "cells_merged": _(
        "Merged cells were read as one value in the first of them. Number of such places: %(count)s (%(cells)s)."
    ),
    "chamber_doubted": _(
        "%(parliament)s is here with other chambers (%(chambers)s): “%(name)s” may be one of them. "
        "Say whether it is a chamber of its own."
    ),
    "citizenship_doubted": _(
        "The citizenship is “%(given)s”, but addresses of most people of it end in .%(domain)s: "
        "it may stand for “%(other)s”."
    ),
    "column_numbers": _("The row only numbers the columns; it was left out."),
    "columns_hidden": _("Columns that the workbook hides were read as well."),
    "columns_unread": _("These columns were not read: %(columns)s."),
    "country_doubted": _(
        "“%(words)s” in the title may mean the country %(code)s, but it is not certain. Say whether it is a partner."
    ),
    "dangling": _("The field “%(field)s” points to “%(id)s”, which is not in the file."),
    "date_no_such_day": _("The field “%(field)s” holds “%(value)s”: there is no such day."),
    "date_order_assumed": _("The date “%(value)s” in “%(field)s” was read as %(read)s, in the order of its column."),
    "date_order_unknown": _("The field “%(field)s” holds “%(value)s”: nothing tells which number is the day."),
    "date_rewritten": _("The date “%(value)s” in “%(field)s” was read as %(read)s."),
    "date_time_left_out": _("The date “%(value)s” in “%(field)s” was read as %(read)s, without the time of day."),
    "date_two_digit_year": _("The field “%(field)s” holds “%(value)s”: the year has only two digits."),
    "date_words_left_out": _("The date “%(value)s” in “%(field)s” was read as %(read)s, without the words around it."),
    "date_year_too_far": _("The field “%(field)s” holds “%(value)s”: no such year can be meant."),
    "dies_before_birth": _("The death (%(until)s) is before the birth (%(since)s)."),
    "does_not_sit": _("It says “%(value)s”: no seat is made of it."),
    "encoded_twice": _(
        "The letters of “%(value)s” in “%(field)s” were damaged by a wrong encoding before the file came here."
    ),
    "encoding_doubtful": _("The file was read as %(encoding)s, but in it the letters make little sense."),
    "encoding_recognised": _("The file does not say its encoding; it was read as %(encoding)s."),
    "encoding_unsure": _(
        "The file was read as %(encoding)s, but could be %(other)s: “%(read)s” would then be “%(else)s”."
    ),
    "ending_differs": _("The name ends in “%(ending)s”, but the file holds %(form)s."),
    "event_kind_unknown": _("The kind “%(value)s” is not known here; it was taken as another event."),
    "event_twice": _(
        "It says the same as %(earlier)s under another id. Say whether it is an event of its own, or leave it out."
    ),
    "ends_next_day": _("It ends on the next day (%(until)s); it was taken to end with its own."),
    "ends_before_start": _("The end (%(until)s) is before the start (%(since)s)."),
    "formula_without_value": _("Cell %(cell)s holds a formula whose result is not in the file; it was read as empty."),
    "heading_empty": _("Column %(position)s has no heading; it is called “%(name)s”."),
    "heading_repeated": _("Another column is called “%(field)s” as well; this one is called “%(name)s”."),
    "far_end": _("“%(value)s” in “%(field)s” is so far off that it says that there is no end."),
    "hidden_characters": _("Characters in “%(field)s” that cannot be seen were found: %(characters)s."),
    "hour_missing": _("%(time)s does not exist there on %(day)s: the clocks are put forward over it."),
    "hour_twice": _("%(time)s comes twice there on %(day)s: the clocks are put back over it."),
    "id_too_long": _("The id in “%(field)s” is longer than %(most)s characters."),
    "joined_by_name": _("It has the name of %(earlier)s and no id of its own; it was taken as the same person."),
    "kind_of_chamber_untold": _("The file does not say which chamber “%(name)s” is; it was noted as a single chamber."),
    "kind_unknown": _("The kind “%(value)s” is not known here; it was taken as a working group."),
    "languages_left": _("Texts in these languages were left out: %(languages)s."),
    "less_precise": _("“%(field)s” is %(read)s: the file says that of %(value)s only this is known."),
    "letters_lost": _("Letters of “%(value)s” in “%(field)s” were lost before the file came here."),
    "list_marks_removed": _("The numbers or bullets before the lines were left out."),
    "memberships_overlap": _("It holds on the same days as %(other)s, for the same person and organisation."),
    "more_alike": _("There is more of the kind that was first noted at %(place)s. Number not shown: %(count)s."),
    "names_nobody": _("The row names nobody; nothing was made of it."),
    "no_day": _("There is no day that can be read in this row."),
    "no_dates": _("Neither the membership nor its term has a date."),
    "no_end": _("“%(value)s” in “%(field)s” says that it has not ended."),
    "no_heading": _("The table has no heading; its columns are called by their numbers."),
    "no_id": _("The id is missing."),
    "no_name": _("The name is missing."),
    "no_reference": _("The field “%(field)s” is missing."),
    "no_such_zone": _("“%(zone)s” is no time zone."),
    "no_title": _("The title is missing."),
    "no_visit": _("Only a visit has a type of visit; “%(value)s” was left out."),
    "no_value": _("The value is missing, so the entry was left out."),
    "not_a_date": _("The field “%(field)s” holds “%(value)s”, which is not a date."),
    "not_a_list": _("The field “%(field)s” is not a list."),
    "not_a_web_address": _("The field “%(field)s” holds “%(value)s”, which is not a web address; it was left out."),
    "not_a_time": _("The field “%(field)s” holds “%(value)s”, which is no time of day; it was left out."),
    "not_an_object": _("This is not an object with fields."),
    "null_list": _("The list “%(field)s” is null; it was read as empty."),
    "number_as_text": _("The field “%(field)s” holds a number; it was read as text."),
    "organization_assumed": _("The organisation is missing; the only legislature of the file, “%(id)s”, was taken."),
    "partly_outside_term": _("The dates (%(since)s to %(until)s) reach beyond the term “%(term)s”."),
    "place_without_country": _("“%(place)s” names no country that is known here; it was kept as the place."),
    "quotes_as_signs": _("Quotation marks do not hold cells together here; they were read as signs like others."),
    "repeated_key": _("The key “%(field)s” stands twice in one object; only the last was read."),
    "row_short": _("The row has %(given)s cells, the heading %(expected)s; the last ones were read as empty."),
    "row_skipped": _("Left out, as the mapping says: “%(field)s” is “%(value)s”."),
    "rows_above": _("The heading was found in row %(heading)s. Rows above it, which were left out: %(count)s."),
    "rows_hidden": _("Rows that the workbook hides were read as well. Their number: %(count)s, the first: %(row)s."),
    "rows_in_cell": _(
        "A cell in quotation marks holds lines that look like rows (%(count)s); perhaps a mark is missing."
    ),
    "same_again": _("It says the same as %(earlier)s."),
    "same_id": _("The id “%(id)s” is also that of %(earlier)s, which says something else."),
    "same_identifier": _("The identifier %(identifier)s is also that of %(earlier)s."),
    "same_name": _("Another person, %(earlier)s, has the same name “%(name)s”."),
    "says_otherwise": _("“%(field)s” is “%(value)s” here; an earlier row of the same person says “%(here)s”."),
    "sheet_chosen": _("The sheet “%(sheet)s” was read. The workbook has these: %(sheets)s."),
    "sheet_hidden": _("The sheet “%(sheet)s” is hidden in the workbook; it was read."),
    "sheets_hidden": _("The workbook hides these sheets, which were not read: %(sheets)s."),
    "spaces_removed": _("Needless spaces in “%(field)s” were removed."),
    "terms_overlap": _("The term has days in common with “%(other)s”: %(since)s to %(until)s."),
    "too_deep": _("The field “%(field)s” is nested too deeply; it was left out."),
    "unknown_body": _("No body here is known as “%(body)s”."),
    "unknown_country": _("No country here is called “%(code)s”."),
    "unknown_organisation": _("No organisation here is called “%(name)s”."),
    "unknown_organization": _("The organisation “%(name)s” only says that it is not known; it was not taken as one."),
    "unknown_region": _("“%(value)s” is none of the regions of the world; it was left out."),
    "unknown_person": _("Nobody here is known as “%(person)s”."),
    "wholly_outside_term": _("The dates (%(since)s to %(until)s) lie outside the term “%(term)s”."),
    "word_unknown": _("“%(value)s” in “%(field)s” is none of the words known here; it was left out."),
    "wrong_type": _("The field “%(field)s” holds a value of the wrong type (%(type)s); it was left out."),
}


MAPPINGS: Mapping[str, Promise | str] = {
    "mapping_field": _("There is no field “%(value)s” for this kind of file."),
    "mapping_form": _("The value has the wrong form."),
    "mapping_kind": _("“%(value)s” is no kind of table."),
    "mapping_not_toml": _("This is not a mapping: it is no TOML file."),
    "mapping_reading": _("There is no way of reading called “%(value)s”."),
    "mapping_too_long": _("The file is too long for a mapping."),
    "mapping_unknown": _("Nothing is known of “%(value)s” in a mapping."),
    "mapping_words": _("The words of this column are too many or too long."),
}


def mapping_text(problem: WrongMapping) -> str:
    """What is wrong with a mapping, with the place in it."""
    text = str(MAPPINGS[problem.key]) % problem.params
    return f"{problem.place}: {text}" if problem.place else text


ORDERS: Mapping[str, Promise | str] = {
    "order_day_first": _("The day is written first: “%(value)s” can be read in no other way."),
    "order_dots": _("Dates are written with dots, so the day is taken to stand first (“%(value)s”)."),
    "order_mixed": _("Dates are written in two orders: “%(one)s” begins with the day, “%(other)s” with the month."),
    "order_month_first": _("The month is written first: “%(value)s” can be read in no other way."),
    "order_no_numbers": _("No date is written in numbers only."),
    "order_not_told": _("Nothing tells whether the day or the month is written first (“%(value)s”)."),
    "order_year_first": _("The year is written first (“%(value)s”)."),
}


def text_of(finding: Finding) -> str:
    """The finding as a sentence."""
    return str(FINDINGS[finding.key]) % finding.params


def refusal_text(problem: UnreadableFile) -> str:
    """Why the file cannot be read, as a sentence."""
    return str(REFUSALS[problem.message_key]) % problem.params


def order_text(order: Order) -> str:
    """Why a column is thought to write its dates in this order, as a sentence."""
    return str(ORDERS[order.reason]) % order.params
