"""The map of the world: the data holds every country, the drawing is sound and nothing given to it can break out."""

import re
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from interparl.core.charts import Bar, KeyEntry, Outlines, Window, bar_chart, load_outlines, world_map, world_map_key

WORLD = Path(__file__).parents[2] / "portal" / "data" / "world.json"
STYLES = Path(__file__).parents[1] / "static" / "core" / "components" / "map.css"

# Codes of two letters in CLDR that ISO 3166-1 does not assign: exceptional reservations, groups, test regions.
NOT_ISO = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
CLDR_NAMES = {str(code): str(name) for code, name in Locale("be").territories.items()}
LANDLOCKED = ("AT", "BO", "BY", "CH", "CZ", "HU", "LS", "LU", "ML", "MN", "NP", "PY", "RS", "ZM")

SQUARE = Outlines(
    width=40,
    height=20,
    edition="Two squares",
    source="invented",
    licence="public domain",
    projection="none",
    shapes={"AA": "M0 0l9 0 0 9-9 0z", "BB": "M10 0l9 0 0 9-9 0z", "CC": "M20 0l9 0 0 9-9 0z"},
    dots={"DD": (35, 5), "EE": (35, 15)},
    parts={"CC": "AA"},
)


def draw(levels: dict[str, str], **links: str) -> str:
    """The map of the invented outlines."""
    return world_map(levels, outlines=SQUARE, title="Partners", finding="Two.", names={"AA": "Aland"}, links=links)


def edges(data: str) -> list[frozenset[tuple[int, int]]]:
    """The straight lines of path data without their direction, in the map's units."""
    found = []
    x = y = 0
    for start, steps in re.findall(r"[Mm]([^l]+)l([^z]+)z", data):
        first, *_ = pairs(start)
        x, y = x + first[0], y + first[1]
        points = [(x, y)]
        for step_x, step_y in pairs(steps):
            points.append((points[-1][0] + step_x, points[-1][1] + step_y))
        found += [frozenset(ends) for ends in zip(points, points[1:] + points[:1], strict=True)]
    return found


def pairs(text: str) -> list[tuple[int, int]]:
    """Whole numbers of path data, two by two."""
    values = [int(value) for value in re.findall(r"-?\d+", text)]
    return list(zip(values[::2], values[1::2], strict=True))


def test_outlines_hold_every_country_of_cldr() -> None:
    iso = {code for code in CLDR_NAMES if re.fullmatch("[A-Z]{2}", code)} - NOT_ISO - {"AQ"}
    assert len(iso) == 249  # 248 of ISO 3166-1 without Antarctica, and Kosovo
    assert load_outlines(WORLD).codes() == iso | {"XN", "XS", "XG"}


def test_outlines_are_small_and_name_their_edition() -> None:
    world = load_outlines(WORLD)
    assert WORLD.stat().st_size < 90_000
    assert (world.edition.split(",")[0], world.licence) == ("Natural Earth 4.1", "public domain")


def test_outlines_stay_inside_the_map() -> None:
    world = load_outlines(WORLD)
    points = {point for data in world.shapes.values() for edge in edges(data) for point in edge}
    points.update(world.dots.values())
    assert [(x, y) for x, y in points if not (0 <= x <= world.width and 0 <= y <= world.height)] == []


@pytest.mark.parametrize("code", LANDLOCKED)
def test_landlocked_country_shares_every_border_line_with_one_neighbour(code: str) -> None:
    shapes = load_outlines(WORLD).shapes
    count = Counter(edge for data in shapes.values() for edge in edges(data))
    assert {count[edge] for edge in edges(shapes[code])} == {2}


@pytest.mark.parametrize(
    ("east", "west"), [("PL", "DE"), ("RU", "JP"), ("JP", "CN"), ("CY", "MT"), ("NZ", "AU"), ("BR", "PE"), ("WS", "US")]
)
def test_country_lies_east_of_another_on_the_map(east: str, west: str) -> None:
    world = load_outlines(WORLD)

    def right(code: str) -> int:
        if code in world.dots:
            return world.dots[code][0]
        return max(x for edge in edges(world.shapes[code]) for x, _ in edge)

    assert right(east) > right(west)


def test_file_that_is_no_outlines_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "wrong.json"
    path.write_text('{"width": "wide"}', encoding="utf-8")
    with pytest.raises(msgspec.ValidationError):
        load_outlines(path)


def test_full_map_is_well_formed_and_under_75_kilobytes() -> None:
    world = load_outlines(WORLD)
    codes = sorted(world.codes())
    links = {code: f"/be/countries/{code.lower()}/" for code in codes}
    svg = world_map(
        dict.fromkeys(codes, "weak"), outlines=world, title="Карта", finding="Усе.", names=CLDR_NAMES, links=links
    )
    assert len(ElementTree.fromstring(svg).findall("a")) == len(codes)
    assert len(svg.encode()) < 75_000


def test_countries_carry_the_class_of_their_level() -> None:
    tree = ElementTree.fromstring(draw({"AA": "home", "BB": "weak", "DD": "strong"}))
    drawn = [(shape.tag, shape.get("class"), shape.get("fill")) for group in tree.findall("g") for shape in group[1:]]
    assert drawn == [
        ("path", "map-home", None),
        ("path", "map-weak", "url(#map-hatch)"),
        ("circle", "map-strong", None),
    ]
    assert [pattern.get("id") for pattern in tree.iter("pattern")] == ["map-hatch"]


def test_land_and_dots_without_a_level_are_one_path_each() -> None:
    tree = ElementTree.fromstring(draw({"BB": "mid"}))
    assert [(path.get("class"), path.get("d")) for path in tree.findall("path")] == [
        ("map-land", SQUARE.shapes["AA"] + SQUARE.shapes["CC"]),
        ("map-dots", "M35 5h0M35 15h0"),
    ]


def test_part_follows_its_country_unless_it_has_a_level() -> None:
    whole = ElementTree.fromstring(draw({"AA": "strong"}))
    apart = ElementTree.fromstring(draw({"AA": "strong", "CC": "weak"}))
    assert [path.get("d") for path in whole.findall("g/path")] == [SQUARE.shapes["AA"] + SQUARE.shapes["CC"]]
    assert [path.get("d") for path in apart.findall("g/path")] == [SQUARE.shapes["AA"], SQUARE.shapes["CC"]]


def test_map_without_links_is_an_image_and_with_links_a_group() -> None:
    image, group = ElementTree.fromstring(draw({"AA": "mid"})), ElementTree.fromstring(draw({"AA": "mid"}, AA="/aa/"))
    assert (image.get("role"), group.get("role")) == ("img", "group")
    assert [(link.get("href"), link.findtext("title")) for link in group.findall("a")] == [("/aa/", "Aland")]
    assert [(element.tag, element.text) for element in image[:2]] == [("title", "Partners"), ("desc", "Two.")]
    assert image.get("aria-labelledby") == f"{image[0].get('id')} {image[1].get('id')}" == "map-title map-finding"


def test_links_keep_the_given_order_and_dots_come_last() -> None:
    tree = ElementTree.fromstring(draw({"DD": "mid", "BB": "mid", "AA": "mid"}, AA="/a/", BB="/b/", DD="/d/"))
    assert [link.get("href") for link in tree.findall("a")] == ["/b/", "/a/", "/d/"]


def test_code_without_a_place_is_left_out_and_without_a_name_shown_as_code() -> None:
    tree = ElementTree.fromstring(draw({"SU": "mid", "BB": "mid"}))
    assert [group.findtext("title") for group in tree.findall("g")] == ["BB"]


def test_unknown_level_is_refused() -> None:
    with pytest.raises(ValueError, match="best, worst"):
        draw({"AA": "worst", "BB": "best"})
    with pytest.raises(ValueError, match="best"):
        world_map_key([KeyEntry("best", "allies")])


def test_window_cuts_the_view_and_key_starts_the_ids() -> None:
    svg = world_map(
        {"AA": "weak"},
        outlines=SQUARE,
        title="t",
        finding="f",
        names={},
        links={},
        window=Window(1, 2, 30, 15),
        key="home",
    )
    tree = ElementTree.fromstring(svg)
    assert tree.get("viewBox") == "1 2 30 15"
    assert [element.get("id") for element in tree.iter() if element.get("id")] == [
        "home-title",
        "home-finding",
        "home-hatch",
    ]


HOSTILE = "\"><script>alert(1)</script>'&<"


def test_hostile_words_are_shown_as_words() -> None:
    svg = world_map(
        {"AA": "mid", "BB": "mid"},
        outlines=SQUARE,
        title=HOSTILE,
        finding=HOSTILE,
        names={"AA": HOSTILE, "BB": HOSTILE},
        links={"AA": f"/{HOSTILE}"},
    )
    tree = ElementTree.fromstring(svg)
    words = [tree.findtext("title"), tree.findtext("desc"), tree.findtext("a/title"), tree.findtext("g/title")]
    assert words == [HOSTILE] * 4
    assert [link.get("href") for link in tree.findall("a")] == [f"/{HOSTILE}"]
    assert [element.tag for element in tree.iter("script")] == []


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")))
def test_any_name_comes_back_from_the_drawing(name: str) -> None:
    svg = world_map({"AA": "mid"}, outlines=SQUARE, title=name, finding="f", names={"AA": name}, links={})
    assert [element.text or "" for element in ElementTree.fromstring(svg).iter("title")] == [name, name]


def test_nothing_is_styled_in_the_drawing() -> None:
    svg = draw({"AA": "weak", "DD": "home"}, AA="/a/") + world_map_key([KeyEntry("weak", "other")])
    assert re.findall(r"style=|<style|#[0-9a-f]{3}\b|\son\w+=", svg) == []


def test_key_shows_a_swatch_for_each_level_and_escapes_its_words() -> None:
    tree = ElementTree.fromstring(world_map_key([KeyEntry("home", "Aland"), KeyEntry("weak", HOSTILE)]))
    assert ["".join(entry.itertext()) for entry in tree] == ["Aland", HOSTILE]
    assert [(box.get("class"), box.get("fill")) for box in tree.iter("rect")] == [
        ("map-home", None),
        ("map-weak", "url(#map-key-hatch)"),
    ]


def test_styles_use_colour_tokens_only() -> None:
    text = STYLES.read_text(encoding="utf-8")
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgb\(|hsl\(", text) == []
    assert set(re.findall(r"var\((--[\w-]+)\)", text)) == {
        "--focus",
        "--ink",
        "--line-2",
        "--map-land",
        "--map-mid",
        "--map-strong",
        "--paper",
        "--wash",
    }


def test_styles_know_every_class_of_the_drawing() -> None:
    drawing = draw({"AA": "home", "BB": "weak", "DD": "strong"}, AA="/a/")
    key = world_map_key([KeyEntry("mid", "group"), KeyEntry("weak", "other")])
    used = set(re.findall(r'class="([\w-]+)"', drawing + key))
    styled = set(re.findall(r"\.(map[\w-]*)", STYLES.read_text(encoding="utf-8")))
    assert styled == used


def bars(**values: float) -> ElementTree.Element:
    """A bar chart of these values by name."""
    drawn = [Bar(name, value, f"{value} people") for name, value in values.items()]
    return ElementTree.fromstring(bar_chart(drawn, title="People", finding="Two sit in three.", key="load"))


def lengths(chart: ElementTree.Element) -> list[float]:
    """The lengths of the bars from above."""
    return [float(one.attrib["width"]) for one in chart.findall("rect")]


def test_bars_are_as_long_as_their_values_to_one_another() -> None:
    none, half, most = lengths(bars(none=0, half=21, most=42))
    assert none == 0
    assert half == pytest.approx(most / 2, abs=0.1)
    assert lengths(bars(none=0, nothing=0)) == [0, 0]
    assert lengths(bars()) == []


def test_a_bar_chart_is_an_image_with_its_finding_and_every_number_in_words() -> None:
    chart = bars(one=1, three=3)
    assert (chart.attrib["role"], chart.attrib["aria-labelledby"]) == ("img", "load-title load-finding")
    assert [chart.findtext(name) for name in ("title", "desc")] == ["People", "Two sit in three."]
    assert [one.text for one in chart.findall("text")] == ["one", "1 people", "three", "3 people"]


@pytest.mark.parametrize(
    "texts", [("short", "1"), ("a name that is as long as names are", "a thousand and one"), ("", "")]
)
def test_names_and_numbers_stay_inside_the_chart(texts: tuple[str, str]) -> None:
    chart = ElementTree.fromstring(bar_chart([Bar(texts[0], 5, texts[1])], title="", finding=""))
    width = float(chart.attrib["viewBox"].split()[2])
    [rect], value = chart.findall("rect"), chart.findall("text")[1]
    assert 0 <= float(rect.attrib["x"]) < float(rect.attrib["x"]) + float(rect.attrib["width"]) < width
    assert float(value.attrib["x"]) < width


def test_nothing_given_to_a_bar_chart_can_break_out() -> None:
    hostile = '"><script>alert(1)</script>'
    drawn = bar_chart([Bar(hostile, 1, hostile)], title=hostile, finding=hostile)
    assert "<script" not in drawn
    assert {one.tag for one in ElementTree.fromstring(drawn).iter()} == {"svg", "title", "desc", "text", "rect", "line"}


def test_a_bar_below_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="below nothing"):
        bar_chart([Bar("one", -1, "-1")], title="", finding="")


def test_styles_of_bars_use_tokens_only_and_know_every_class() -> None:
    text = STYLES.with_name("chart.css").read_text(encoding="utf-8")
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgb\(|hsl\(", text) == []
    drawing = bar_chart([Bar("one", 1, "1")], title="People", finding="One.")
    assert set(re.findall(r"\.(chart[\w-]*)(?!css)\b(?!\.)", text)) - {"chart"} == set(
        re.findall(r'class="([\w-]+)"', drawing)
    ) - {"chart"}
    assert re.findall(r"style=|<style|\son\w+=", drawing) == []
