"""The look: components render, refuse what they do not know, escape; colours are readable."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django import forms
from django.conf import settings as django_settings
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.files.base import ContentFile
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory, override_settings
from hypothesis import given
from hypothesis import strategies as st

from interparl.core.days import today
from interparl.core.styles_page import styles_page
from interparl.core.templatetags import ui, ui_parts, ui_ruler, ui_signs

CORE = Path(__file__).resolve().parent.parent
STATIC = CORE / "static" / "core"
TEMPLATES = sorted((CORE / "templates").rglob("*.html"))
SHEETS = sorted(STATIC.rglob("*.css"))
HOSTILE = '<script>alert("x")</script>'
SCHEMES = ("black-on-white", "white-on-black", "yellow-on-black")


@pytest.fixture(autouse=True, scope="module")
def plain_names() -> Iterator[None]:
    """Static files under their own names: nothing was collected for a test."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES={**django_settings.STORAGES, "staticfiles": plain}):
        yield


def shown(source: str, **values: object) -> str:
    """The source rendered with the components in reach."""
    return Template("{% load ui %}" + source).render(Context(values))


def colours(index: int) -> dict[str, str]:
    """Token to hex by day (0) or by night (1)."""
    pairs = re.findall(r"--([a-z0-9-]+): light-dark\((#\w{6}), (#\w{6})\)", (STATIC / "tokens.css").read_text())
    return {name: both[index] for name, *both in pairs}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


TEXT = [
    *(
        (text, ground)
        for text in ("ink", "ink-2", "ink-3", "accent", "partner", "good", "warn", "bad")
        for ground in ("paper", "wash")
    ),
    *((name, f"{name}-tint") for name in ("accent", "partner", "good", "warn", "bad", "past")),
    *(
        ("ink", ground)
        for ground in ("accent-tint", "good-tint", "warn-tint", "bad-tint", "mark-bg", "raised", "hatch")
    ),
    *((text, "raised") for text in ("ink-2", "ink-3", "accent", "bad")),
    *((text, "sunken") for text in ("ink-2", "ink-3")),
    ("ins", "ins-bg"),
    ("del", "del-bg"),
    ("on-accent", "accent"),
    ("on-accent", "accent-hover"),
    ("on-ink", "ink"),
    ("on-ink", "past"),
    ("ink-2", "hatch"),
]
SIGNS = [(sign, ground) for sign in ("control", "focus") for ground in ("paper", "wash", "raised")] + [
    ("map-mid", "wash")
]


@pytest.mark.parametrize("night", [0, 1])
def test_contrast_when_text_stands_on_its_ground(night: int) -> None:
    tokens = colours(night)
    low = {pair: round(ratio(tokens[pair[0]], tokens[pair[1]]), 2) for pair in TEXT}
    assert {pair: found for pair, found in low.items() if found < 4.5} == {}


@pytest.mark.parametrize("night", [0, 1])
def test_contrast_when_a_sign_stands_on_its_ground(night: int) -> None:
    tokens = colours(night)
    low = {pair: round(ratio(tokens[pair[0]], tokens[pair[1]]), 2) for pair in SIGNS}
    assert {pair: found for pair, found in low.items() if found < 3} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_contrast_when_the_high_contrast_version_is_on(scheme: str) -> None:
    text = (STATIC / "tokens.css").read_text()
    rule = re.search(rf'body\[data-contrast="{scheme}"\] {{[^}}]*--ground: (#\w+);\s*--figure: (#\w+);', text)
    assert rule is not None
    assert ratio(rule[1], rule[2]) >= 7


def test_luminance_when_white_meets_black() -> None:
    assert ratio("#ffffff", "#000000") == pytest.approx(21)


def test_sheets_when_searched_for_colours_of_their_own() -> None:
    own = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsl")
    files = [path for path in [*SHEETS, *TEMPLATES] if path.name != "tokens.css"]
    ids = re.compile(r'(href="[^"]*|use href="[^"]*)#[\w{]')
    found = {path.name for path in files if own.search(ids.sub("", path.read_text()))}
    assert found == set()


def test_templates_when_searched_for_inline_styles_and_scripts() -> None:
    inline = re.compile(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\bsrc=)|javascript:")
    assert [path.name for path in TEMPLATES if inline.search(path.read_text())] == []


def test_components_when_asked_for_by_the_sheet() -> None:
    asked = re.findall(r'url\("components/(\w+)\.css"\)', (STATIC / "core.css").read_text())
    assert sorted(asked) == sorted(path.stem for path in (STATIC / "components").glob("*.css"))


def test_tokens_when_used_by_a_sheet() -> None:
    text = "".join(path.read_text() for path in SHEETS)
    defined = set(re.findall(r"(--[a-z0-9-]+)\s*:", text))
    assert set(re.findall(r"var\((--[a-z0-9-]+)", text)) - defined == set()


def test_static_files_when_collected_under_hashed_names(tmp_path: Path) -> None:
    storage = ManifestStaticFilesStorage(location=str(tmp_path), base_url="/static/")
    storage.manifest_storage = storage
    paths = [path for path in STATIC.rglob("*") if path.is_file()]
    for path in paths:
        storage.save(f"core/{path.relative_to(STATIC).as_posix()}", ContentFile(path.read_bytes()))
    names = {f"core/{path.relative_to(STATIC).as_posix()}": (storage, "") for path in paths}
    names = {name: (storage, name) for name in names}
    results = list(storage.post_process(names))
    assert [done for _name, _hashed, done in results if isinstance(done, Exception)] == []
    sheet = storage.hashed_files["core/core.css"]
    assert re.findall(r'url\("tokens\.css"\)', (tmp_path / sheet).read_text()) == []


def test_icons_when_compared_with_the_sprite() -> None:
    sprite = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text()))
    assert sprite == ui_signs.ICONS


@pytest.mark.parametrize("name", sorted(ui.register.tags))
def test_tag_when_an_attribute_is_unknown(name: str) -> None:
    with pytest.raises(TemplateSyntaxError, match="unexpected keyword argument"):
        shown("{% " + name + " nonsense=1 %}{% end" + name + " %}")


@pytest.mark.parametrize(
    "source",
    [
        '{% icon "smile" %}',
        '{% badge "x" "loud" %}',
        '{% state "x" "purple" %}',
        '{% mark "secret" %}',
        '{% side "x" "nobody" %}',
        '{% side "x" "ours" "star" %}',
        '{% signed "x" "maybe" %}',
        '{% alert text="x" tone="loud" %}',
        '{% panel title="x" variant="round" %}{% endpanel %}',
        "{% bar 101 %}",
        "{% bar 50 tone='blue' %}",
    ],
)
def test_tag_when_a_value_is_unknown(source: str) -> None:
    with pytest.raises(ValueError, match=r"is one of|is between"):
        shown(source)


def test_glance_when_it_gets_seven_facts() -> None:
    with pytest.raises(ValueError, match="six facts"):
        shown("{% glance items=items %}", items=[ui_parts.Fact("a", "b")] * 7)


def test_strip_when_a_bar_leaves_the_fifteen_days() -> None:
    item = ui_parts.StripItem("Visit", 14, 3, 1, "ours")
    with pytest.raises(ValueError, match="15 days"):
        shown('{% strip days=days items=items label="x" %}', days=[], items=[item])


def test_styles_page_when_every_component_is_shown() -> None:
    answer = styles_page(RequestFactory().get("/styles/"))
    page = answer.content.decode()
    source = (CORE / "templates" / "core" / "styles.html").read_text()
    elsewhere = {"breadcrumbs", "logo", "hidden", "search_box", "initials", "side_bar", "bar", "date", "published"}
    missing = {name for name in ui.register.tags if "{% " + name + " " not in source} - elsewhere
    assert (answer.status_code, missing, page.count("<h1>")) == (200, set(), 1)


@pytest.mark.parametrize(
    "source",
    [
        "{% badge text %}",
        "{% state text 'good' %}",
        "{% mark 'internal' text %}",
        "{% side text 'ours' %}",
        "{% flag text %}",
        "{% date text text %}",
        "{% money text text text %}",
        "{% file text text text %}",
        "{% person name=text letters=text url=text role=text lang=text %}",
        "{% alert text=text title=text action_label=text action_url=text %}",
        "{% empty text text text text %}",
        "{% diff text 'b' %}",
        "{% panel title=text count=text name=text failed=text %}{% endpanel %}",
        "{% page_heading title=text flag=text %}{{ text }}{% endpage_heading %}",
        "{% card title=text %}{{ text }}{% endcard %}",
        "{% pagination text text text text %}",
        "{% filter_bar shown=text total=text query=text note=text %}{% endfilter_bar %}",
        "{% search_box text text text text %}",
    ],
)
def test_component_when_given_hostile_text(source: str) -> None:
    assert "<script" not in shown(source, text=HOSTILE).lower()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Mikalai Barysenka", "MB"),
        ("Уладзімір Іванавіч Карповіч", "УК"),
        ("halina", "H"),
        ("", ""),
        ("– (2012)", ""),
    ],
)
def test_letters_when_a_name_has_parts(name: str, expected: str) -> None:
    assert ui_signs.letters(name) == expected


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("Владимир Карпович", "владимир кар", "<mark>Владимир</mark> <mark>Кар</mark>пович"),
        ("Oskar", "kar", "Oskar"),
        ("A & B", "b < (", "A &amp; <mark>B</mark>"),
        ("Latvia", " ", "Latvia"),
    ],
)
def test_words_are_marked_when_they_begin_as_what_was_looked_for(text: str, query: str, expected: str) -> None:
    assert ui_signs.marked(text, query) == expected


def test_person_when_vacant() -> None:
    found = ui_signs.person("Vacant since 30 Apr 2015", vacant=True)
    assert (found.count("initials-vacant"), found.count("<a ")) == (1, 0)


def test_flag_when_there_is_no_picture() -> None:
    assert ui_signs.flag("lv") == '<span class="flag-code" aria-hidden="true">LV</span>'


def test_mark_when_no_words_are_given() -> None:
    assert ui_signs.mark("official") == '<span class="mark mark-official">Official use</span>'


def test_facts_when_a_value_is_not_known() -> None:
    found = shown("{% facts items=items %}", items=[ui_parts.Fact("Ends"), ui_parts.Fact("Seats", "0")])
    assert re.findall(r"<dd>(.*?)</dd>", found) == ['<span class="quiet">not known</span>', "0"]


def test_rules_when_one_is_broken() -> None:
    lines = [ui_parts.RuleLine("kept", "met"), ui_parts.RuleLine("missed", "broken")]
    found = shown("{% rules_check items=items %}", items=lines)
    assert re.findall(r"</span> (kept|missed)</span>", found) == ["missed", "kept"]


def test_menu_when_a_step_is_dangerous() -> None:
    steps = [ui_parts.Action("End", "/e", kind="danger"), ui_parts.Action("Print", "/p")]
    found = shown('{% menu items=items label="More" %}', items=steps)
    assert re.findall(r'href="(/.)"', found) == ["/p", "/e"]


class TripForm(forms.Form):
    """A field with a hint, one that is optional, and a hidden one."""

    purpose = forms.CharField(label="Purpose", help_text="Why.")
    note = forms.CharField(label="Note", required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


def test_form_row_when_refused() -> None:
    found = shown("{% form_row form.purpose %}", form=TripForm({}))
    order = [found.index(text) for text in ("<label", 'id="id_purpose_hint"', 'id="id_purpose_error"', "<input")]
    assert order == sorted(order)
    assert re.findall(r'aria-describedby="([^"]*)"', found) == ["id_purpose_hint id_purpose_error"]
    assert found.count('aria-invalid="true"') == 1


def test_form_row_when_all_is_well() -> None:
    found = shown("{% form_row form.note %}", form=TripForm({"purpose": "x"}))
    assert (found.count("aria-"), found.count("optional</span>"), found.count("has-error")) == (0, 1, 0)


def test_form_row_when_read_only() -> None:
    found = shown('{% form_row field=form.purpose plain="Agree" %}', form=TripForm())
    assert (found.count("<input"), found.count('<p class="form-plain">Agree</p>')) == (0, 1)


def test_form_errors_when_fields_are_refused() -> None:
    found = shown("{% form_errors form %}", form=TripForm({}))
    assert re.findall(r'<a href="([^"]*)">', found) == ["#id_purpose"]
    assert shown("{% form_errors form %}", form=TripForm({"purpose": "x"})).strip() == ""


def test_form_rows_when_one_field_is_hidden() -> None:
    found = shown("{% form_rows form %}", form=TripForm())
    assert (found.count("<label"), found.count('type="hidden"')) == (2, 1)


def test_diff_when_values_differ_or_not() -> None:
    assert ui.register.tags.keys() >= {"diff", "diff_words"}
    assert shown("{% diff 'a' 'a' %}") == "a"
    assert re.sub(r"<span class=\"hidden-words\">.*?</span>", "", shown("{% diff '2012' '2012-10' %}")) == (
        '<span class="diff"><del>2012</del> <ins>2012-10</ins></span>'
    )


FIRST = date(2004, 1, 1)
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2040, 1, 1))


@given(one=DAYS, other=DAYS, length=st.integers(1, 9000))
def test_ruler_share_when_days_are_in_order(one: date, other: date, length: int) -> None:
    ruler = ui_parts.Ruler(FIRST, FIRST + timedelta(days=length), FIRST, "today")
    earlier, later = (ui_ruler.share(day, ruler) for day in sorted((one, other)))
    assert 0 <= earlier <= later <= 100


def test_ruler_when_it_has_no_length() -> None:
    with pytest.raises(ValueError, match="ends after"):
        ui_ruler.share(FIRST, ui_parts.Ruler(FIRST, FIRST, FIRST, "today"))


def test_ruler_when_read_aloud_in_order_of_time() -> None:
    ruler = ui_parts.Ruler(
        FIRST,
        date(2008, 1, 1),
        date(2007, 1, 1),
        "today",
        ticks=[ui_parts.Tick(date(2006, 1, 1), "joined")],
        events=[ui_parts.RulerEvent(date(2005, 1, 1), "met", "theirs")],
    )
    assert re.findall(r"<li>(.*?)</li>", ui_ruler.ruler_tag(ruler)) == ["met", "joined", "today"]


def test_toast_when_it_can_be_taken_back() -> None:
    found = shown("{% toast text='Moved.' undo_url='/undo/' %}")
    assert (found.count('method="post" action="/undo/"'), shown("{% toast text='x' %}").count("<form")) == (1, 0)


@pytest.mark.django_db
def test_a_record_is_called_published_on_its_day_and_not_before() -> None:
    now = today()
    words = {days: ui_signs.published(now + timedelta(days=days)) for days in (-1, 0, 1)}
    assert [">published<" in words[days] for days in (-1, 0, 1)] == [True, True, False]
    assert "published from" in words[1]
    assert ">not published<" in ui_signs.published(None)
