"""The open data described for programs: OpenAPI 3.1, built from the lists that the pages and files are built from."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from interparl.bodies.blocks import COMPOSITION
from interparl.core.kept import kept
from interparl.core.models.entries import Grade
from interparl.core.tables import Column
from interparl.portal.blocks import DATASETS

Schema = dict[str, Any]
# The edition of this description: the first number rises when a program that read it before would fail.
EDITION = "1.2.0"
LANGUAGE, CODE = "{language}", "{code}"
TEXT: Schema = {"type": "string"}
# Years run from 1000 to 2199 (`core.dates`).
DAY: Schema = {"type": "string", "format": "date", "pattern": "^(1[0-9]|2[01])[0-9]{2}-[0-9]{2}-[0-9]{2}$"}
NOTHING: Schema = {"type": "string", "maxLength": 0}


@kept
def description_page(request: HttpRequest) -> JsonResponse:
    """The description in the language of the address."""
    return JsonResponse(description(), json_dumps_params={"ensure_ascii": False})


def description() -> Schema:
    """Every address of the open data with its parameters, answers and the shape of its rows."""
    paths = {
        f"/{LANGUAGE}{_after_language('public:dataset', key)}": _path(
            str(dataset.title), key, ["code", *(column.key for column in dataset.columns.of)], dataset.columns.of
        )
        for key, dataset in DATASETS.items()
    }
    of_a_body = f"/{LANGUAGE}{_after_language('public:body', 'code')}".replace("/code/", f"/{CODE}/")
    keys = [*(column.key for column in COMPOSITION.of), "approximate"]
    paths[of_a_body] = _path(_("Who sits in a body"), "composition", keys, COMPOSITION.of, _code())
    return {
        "openapi": "3.1.0",
        "info": {
            "title": _("Open data"),
            "version": EDITION,
            "description": _("What is public and published, as of any day. Nothing here needs a key."),
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"parameters": _parameters()},
    }


def _after_language(route: str, key: str) -> str:
    """The address of a list or body without the language that it begins with."""
    return reverse(route, args=(key,)).removeprefix(f"/{get_language()}")


def _parameters() -> Schema:
    codes = [code for code, _name in settings.LANGUAGES]
    return {
        "language": _parameter("language", "path", _("Language of names and words"), {"type": "string", "enum": codes}),
        "on": _parameter(
            "on", "query", _("The day that is read; without it, today"), {"anyOf": [DAY, NOTHING]}, example="2014-06-01"
        ),
        "format": _parameter(
            "format", "query", _("The kind of file; without it, a page"), {"type": "string", "enum": ["csv", "json"]}
        ),
    }


def _parameter(name: str, place: str, words: str, schema: Schema, **rest: Any) -> Schema:
    return {"name": name, "in": place, "required": place == "path", "description": words, "schema": schema, **rest}


def _code() -> Schema:
    schema = {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"}
    return _parameter("code", "path", _("Code of the body, as the lists give it"), schema)


def _path(title: str, key: str, keys: list[str], columns: tuple[Column[Any], ...], *own: Schema) -> Schema:
    """One address: what may be asked and what is answered."""
    shared = [{"$ref": f"#/components/parameters/{name}"} for name in ("language", "on", "format")]
    return {
        "get": {
            "operationId": key,
            "summary": title,
            "parameters": [*shared, *own],
            "responses": {
                "200": _answer(
                    _("The rows, or a page with them"),
                    {"application/json": _rows(keys, columns), "text/csv": TEXT, "text/html": TEXT},
                    {"ETag": {"description": _("Changes when a row does"), "schema": TEXT}},
                ),
                "400": _answer(
                    _("The day or the kind of file makes no sense"), {"text/plain": TEXT, "text/html": TEXT}
                ),
                "404": _answer(_("There is nothing at this address"), {"text/html": TEXT}),
            },
        }
    }


def _answer(words: str, content: dict[str, Schema], headers: Schema | None = None) -> Schema:
    found: Schema = {"description": words, "content": {kind: {"schema": schema} for kind, schema in content.items()}}
    return found | ({"headers": headers} if headers else {})


def _rows(keys: list[str], columns: tuple[Column[Any], ...]) -> Schema:
    """The shape of the JSON: words about the file, and one object a row."""
    shapes = {column.key: _value(column) for column in columns} | {
        "code": TEXT,
        "approximate": {"type": "boolean", "description": _("Whether the day lies within the doubt about a date")},
        "grade": {"type": "string", "enum": list(Grade.values)},
    }
    keys = [*keys, "grade"]
    row = {
        "type": "object",
        "properties": {key: shapes[key] for key in keys},
        "required": keys,
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {
            "about": {"type": "object", "additionalProperties": TEXT},
            "rows": {"type": "array", "items": row},
        },
        "required": ["about", "rows"],
        "additionalProperties": False,
    }


def _value(column: Column[Any]) -> Schema:
    """The shape of a value, under the heading that people read."""
    words = {"title": str(column.label)}
    if column.kind == "number":
        return {"type": ["integer", "null"], **words}
    if column.kind == "partial":
        return {
            "type": "string",
            "description": _("A day, a month or a year: 2012-10-11, 2012-10 or 2012; empty when not known"),
            **words,
        }
    return {"type": "string", **words}
