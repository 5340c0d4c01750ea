"""Forms: one row for a field, the list of what is wrong, the tabs of languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput

from .ui_parts import LanguageTab, Words, known

register = template.Library()


class TheirChange(Protocol):
    """A change by another since the form was opened."""

    field: str
    words: str
    actor: str
    at: str


LANGUAGE_STATES = frozenset({"reviewed", "outdated", "draft", "missing"})


@register.inclusion_tag("ui/form_row.html")
def form_row(
    field: BoundField, plain: Words = "", other: Words = "", saving: bool = False, lang: str = ""
) -> dict[str, object]:
    """Label, hint, error, field, in this order, tied together for a screen reader.

    `plain` shows that text instead of a field (read only); `other` says what somebody else wrote meanwhile;
    `lang` is the language that the field is written in.
    """
    name = field.auto_id or field.html_name
    described = [f"{name}_hint"] if field.help_text else []
    if field.errors:
        described.append(f"{name}_error")
    if other:
        described.append(f"{name}_other")
    attributes: dict[str, str | bool] = {}
    if described:
        attributes["aria-describedby"] = " ".join(described)
    if field.errors:
        attributes["aria-invalid"] = "true"
    if lang:
        attributes["lang"] = lang
    is_check = isinstance(field.field.widget, CheckboxInput)
    return {
        "field": field,
        "name": name,
        "widget": "" if plain else field.as_widget(attrs=attributes),
        "plain": plain,
        "other": other,
        "saving": saving,
        "check": is_check,
        "group": field.use_fieldset,
        "optional": not field.field.required and not is_check and not plain,
    }


@register.filter
def words_beside(changes: Sequence[TheirChange] | None, name: str) -> str:
    """What another wrote in the field of that name meanwhile, with who and when; "" when nobody did."""
    found = [f"{one.words} ({one.actor}, {one.at})" for one in changes or () if one.field == name]
    return "; ".join(found)


@register.inclusion_tag("ui/form_errors.html")
def form_errors(form: BaseForm) -> dict[str, object]:
    """The summary on top of a form that was refused, with links to its fields; nothing when all is well."""
    fields = [(field, error) for field in form for error in field.errors]
    return {"whole": list(form.non_field_errors()), "fields": fields, "count": len(fields)}


@register.inclusion_tag("ui/form_rows.html")
def form_rows(form: BaseForm) -> dict[str, object]:
    """All visible fields of a form as rows, the hidden ones before them."""
    return {"form": form}


@register.inclusion_tag("ui/language_tabs.html")
def language_tabs(items: Sequence[LanguageTab], label: Words = "") -> dict[str, object]:
    """Each language in its own name with its state; the authentic one is named."""
    for item in items:
        known(item.state, LANGUAGE_STATES, "state")
    return {"items": items, "label": label}
