"""The page that shows every component in every state, with invented content."""

from __future__ import annotations

from datetime import date

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from interparl.core.templatetags import ui_parts as parts
from interparl.core.templatetags.ui_signs import ICONS, badge, person, signed

SWATCHES = [
    "paper",
    "raised",
    "wash",
    "sunken",
    "line",
    "line-2",
    "control",
    "ink-3",
    "ink-2",
    "ink",
    "accent",
    "accent-hover",
    "accent-tint",
    "accent-line",
    "partner",
    "partner-tint",
    "partner-line",
    "good",
    "good-tint",
    "warn",
    "warn-tint",
    "bad",
    "bad-tint",
    "past",
    "past-tint",
    "past-line",
    "ins",
    "ins-bg",
    "del",
    "del-bg",
    "mark-bg",
    "focus",
    "map-land",
    "map-mid",
    "hatch",
]

WORDS = [
    parts.DiffPart("same", "The answer is sent within "),
    parts.DiffPart("removed", "ten"),
    parts.DiffPart("same", " "),
    parts.DiffPart("added", "twenty"),
    parts.DiffPart("same", " working days of "),
    parts.DiffPart("moved", "registration"),
    parts.DiffPart("same", "."),
]
FOUND_WORDS = SafeString("ru <mark>Владимир Кар</mark>пович · be Уладзімір Карповіч")


class SampleForm(forms.Form):
    """One field of each kind, two of them refused."""

    purpose = forms.CharField(label="Purpose", help_text="What will be different after the trip.")
    returns_on = forms.CharField(label="Returns on")
    level = forms.ChoiceField(label="Level", choices=[("w", "Working visit"), ("o", "Official visit")])
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    sides = forms.MultipleChoiceField(
        label="Told", required=False, widget=forms.CheckboxSelectMultiple, choices=[("o", "Ours"), ("t", "Theirs")]
    )
    closed = forms.BooleanField(label="Closed meeting", required=False, help_text="Others see only “busy”.")

    def clean_returns_on(self) -> str:
        """Always refused, to show how."""
        raise forms.ValidationError("Returns before it leaves. It leaves on 19 May.")


def styles_page(request: HttpRequest) -> HttpResponse:
    """Every component in every state."""
    values = _navigation() | _heading() | _lists() | _lines() | _around() | _ways() | _programme() | _strip() | _forms()
    return render(request, "core/styles.html", values)


def _navigation() -> dict[str, object]:
    def items(*named: tuple[str, str]) -> list[dict[str, object]]:
        return [
            {"label": label, "icon": icon, "url": "#", "current": icon == "bodies", "count": 14 * (icon == "worklist")}
            for label, icon in named
        ]

    return {
        "navigation": [
            {"title": "", "items": items(("Home", "home"), ("Worklist", "worklist"), ("Calendar", "calendar"))},
            {
                "title": "Who",
                "items": items(
                    ("Countries", "countries"),
                    ("People", "people"),
                    ("Organisations", "organisations"),
                    ("Bodies", "bodies"),
                ),
            },
            {"title": "What", "items": items(("Meetings", "meeting"), ("Agreements", "document"))},
        ],
        "search_url": "#",
        "new_url": "#",
        "swatches": SWATCHES,
        "icons": sorted(ICONS),
        "print_place": "National Assembly, International department",
        "print_note": "As of 14 May 2015",
    }


def _heading() -> dict[str, object]:
    return {
        "crumbs": [parts.Link("Bodies", "#"), parts.Link("Working groups", "#")],
        "heading_actions": [
            parts.Action("Propose a change", "#", kind="primary"),
            parts.Action("Release the list", "#"),
        ],
        "menu_items": [
            parts.Action("Make a brief", "#", icon="brief", key="b"),
            parts.Action("Print", "#", icon="print", key="p"),
            parts.Action("Copy the link", "#", icon="link"),
            parts.Action("End this group…", "#end-page", icon="cross", kind="danger", dialog="cancel"),
        ],
        "buttons": [
            parts.Action("Send for clearance", "#", kind="primary"),
            parts.Action("Release", "#"),
            parts.Action("Cancel the visit…", "#", kind="danger", dialog="cancel"),
            parts.Action("Not allowed", refused="Only the head of the department may do this"),
            parts.Action("Quiet", "#", kind="quiet"),
            parts.Action("Undo", "#", icon="undo", post=True),
        ],
        "panel_links": [parts.Link("Word", "#"), parts.Link("Spreadsheet", "#")],
        "facts": [
            parts.Fact(
                "Official name", "Working Group of the National Assembly on Cooperation with the Saeima of Latvia"
            ),
            parts.Fact("Formed by", "Decision 14/2012 of the Council of the House", "20 Dec 2012", address="#"),
            parts.Fact("Mirror group", "Saeima group, 12th Saeima", "11 members, since 4 Dec 2014", "#", "theirs"),
            parts.Fact("Ends"),
        ],
        "glance": [
            parts.Fact("Diplomatic relations", "since 1993", "Embassies in both capitals"),
            parts.Fact("Commission", "6 sittings", "7th: Yerevan, 2015, day not set"),
            parts.Fact("Agreements in force", "3", "Next date: 30 Jun 2015, notice"),
            parts.Fact("Open commitments", "5", "3 ours, 2 theirs, 1 late"),
            parts.Fact("Turn to visit", "Ours", "They came last, on 5 Mar 2015", side="ours"),
        ],
    }


def _cell(name: str, letters: str, role: str, appointed: str, known: SafeString, row: str = "") -> dict[str, object]:
    vacant = row == "is-vacant"
    shown = person(name, letters, "" if vacant else "#", "House · Agrarian committee", vacant=vacant)
    return {"person": shown, "role": role, "appointed": appointed, "known": known, "row": row}


def _lists() -> dict[str, object]:
    return {
        "members": [
            _cell("Mikalai Barysenka", "MB", "Head", "20 Dec 2012", signed("2 Apr 2013", "met")),
            _cell("Vacant since 30 Apr 2015", "", "Deputy head", "–", SafeString("–"), "is-vacant"),
            _cell("Siarhei Lahunovich", "SL", "Member", "20 Dec 2012", signed("2 Apr 2013", "met"), "is-cursor"),
            _cell("Natallia Shydlouskaya", "NS", "Member", "20 Dec 2012", badge("in force", "good"), "is-selected"),
            _cell("Uladzimir Karpovich", "UK", "Secretary", "6 May 2015", signed("letter sent 8 May", "soon")),
        ],
        "rows": [
            parts.Row(
                "Working visit to the Saeima, Riga", "#", "4 members · clearance asked", "19–21 May 2015", "ours"
            ),
            parts.Row("Ambassador of Latvia meets the group", "#", "2 commitments", "22 Apr 2015", "theirs"),
            parts.Row("«We shall send the list of model acts.»", "", "Riga, Oct 2014", "1 Jun", "joint", record=True),
            parts.Row("List of the delegation", "#", "From the embassy", badge="missing", tone="warn", icon="document"),
        ],
        "attention": [
            parts.AttentionItem("Trip report from Vilnius is late", "late", "S. Lahunovich · rule 4.2", "−6 days", "#"),
            parts.AttentionItem("Two clashes in the visit from Viet Nam", "soon", "Host in a sitting", "27 May", "#"),
            parts.AttentionItem("Latvia group has no deputy head", "seen", "Seen by H. Verasovich"),
            parts.AttentionItem("Estimate for the visit", "postponed", "Until 1 Jun: hotel not known"),
        ],
    }


def _clashes() -> list[parts.ClashLine]:
    return [
        parts.ClashLine(
            "V. Astapchyk interprets twice",
            "forbids",
            "Thu 28 May, 10:00–11:15 here, 10:30–12:00 in the talks with Lithuania",
            address="#",
            ways=[parts.Link("Find another, 3 free", "#"), parts.Link("Keep, with a reason", "#")],
        ),
        parts.ClashLine(
            "M. Barysenka is busy",
            "warns",
            "Thu 28 May, 10:00–11:15",
            ways=[parts.Link("Move it", "#"), parts.Link("Keep, with a reason", "#")],
        ),
        parts.ClashLine("No working day in Viet Nam", "notes", "Sat 30 May"),
        parts.ClashLine(
            "The Oval Hall is booked twice",
            "kept",
            "Thu 28 May, 10:00–11:15",
            "The other talks take a corner of it",
            ways=[parts.Link("Open it again", "#")],
        ),
        parts.ClashLine("L. Kavaleuskaya is in two places", "solved", "Fri 29 May, 09:00–10:00"),
    ]


def _lines() -> dict[str, object]:
    return {
        "rules": [
            parts.RuleLine("Members, 7 to 12", "met", "7"),
            parts.RuleLine(
                "A deputy head is appointed", "broken", "vacant", "For 14 days.", parts.Link("Propose", "#")
            ),
            parts.RuleLine("A quarter of each sex", "overridden", "2 of 9", "Allowed by the Council on 3 May"),
            parts.RuleLine("Both chambers sit", "unknown", "", "The chamber of one member is not known"),
        ],
        "clashes": _clashes(),
        "timeline": [
            parts.TimelineItem("19 May 2015", "Visit to Riga", "2015-05-19", state="planned"),
            parts.TimelineItem("8 May 2015", "Letter to the Saeima", "2015-05-08", "#", "ours"),
            parts.TimelineItem("30 Apr 2015", "I. Kuntsevich left: mandate ended", side="ours", state="ended"),
            parts.TimelineItem("4 Dec 2014", "Saeima formed its mirror group", side="theirs"),
            parts.TimelineItem("Oct 2012", "Register loaded"),
        ],
        "tabs": [
            parts.Tab("Wed 27", "#", 4),
            parts.Tab("Thu 28 May", "#", 7, current=True),
            parts.Tab("Fri 29, Brest", "#"),
        ],
    }


def _around() -> dict[str, object]:
    return {
        "pills": [parts.Pill("Convocation", "5th", "#"), parts.Pill("Sits in", "working groups of Europe", "#")],
        "filter_actions": [parts.Action("Save this view", "#"), parts.Action("Columns", "#")],
        "sizes": [parts.Link("50", ""), parts.Link("100", "#")],
        "selection": [
            parts.Action("Write a letter", "#", icon="mail"),
            parts.Action("Export", "#", icon="export"),
        ],
        "numbers": [
            parts.NumberLink("63", "partner parliaments", "#"),
            parts.NumberLink("56", "working groups", "#"),
            parts.NumberLink("2", "interparliamentary commissions", "#"),
            parts.NumberLink("13", "permanent delegations", "#"),
        ],
        "found": [
            parts.FoundGroup(
                "People, 2",
                [
                    parts.Found("Uladzimir Karpovich", "#", FOUND_WORDS, "Council of the Republic", letters="UK"),
                    parts.Found("Volodymyr Karpenko", "#", "uk Володимир Карпенко", "Ukraine", "theirs", "VK"),
                ],
            ),
            parts.FoundGroup("Elsewhere", [parts.Found("Decision 31/2015", "#", "", "6 May 2015", icon="document")]),
        ],
    }


def _ruler(*, past: bool) -> parts.Ruler:
    marker = date(2014, 6, 1) if past else date(2015, 5, 14)
    return parts.Ruler(
        first=date(2004, 11, 1),
        last=date(2016, 9, 1),
        marker=marker,
        marker_text="1 June 2014" if past else "today",
        past=past,
        before="no group",
        segments=[
            parts.Segment("3rd convocation, 2004–2008", "3rd", date(2004, 11, 1), date(2008, 10, 15)),
            parts.Segment("4th convocation, 2008–2012", "4th", date(2008, 10, 15), date(2012, 10, 10)),
            parts.Segment("5th convocation", "5th", date(2012, 10, 11), date(2016, 9, 1), now=True),
        ],
        lives=[parts.Life(date(2009, 6, 1), date(2012, 10, 10)), parts.Life(date(2012, 12, 20), now=True)],
        ticks=[parts.Tick(date(2013, 6, 12), "12 Jun 2013, two members joined")],
        events=[
            parts.RulerEvent(date(2010, 2, 1), "Feb 2010, visit to Riga"),
            parts.RulerEvent(date(2013, 7, 5), "5 Jul 2013, group of the Saeima in Minsk", "theirs"),
            parts.RulerEvent(date(2014, 3, 2), "2 Mar 2014, IPU Assembly", "joint"),
            parts.RulerEvent(date(2015, 9, 19), "19 Sep 2015, planned: visit to Riga", planned=True),
        ],
    )


def _ways() -> dict[str, object]:
    return {
        "ruler_today": _ruler(past=False),
        "ruler_past": _ruler(past=True),
        "as_of_links": [parts.Link("What changed since…", "#")],
        "stages": [
            parts.Stage("In the plan", "done", "15 Jan"),
            parts.Stage("Invitation sent", "done", "3 Mar"),
            parts.Stage("Accepted", "skipped"),
            parts.Stage("Programme", "now", "since 7 Apr"),
            parts.Stage("Clearance", "planned", "by 20 May", late=True),
            parts.Stage("Closed", "planned"),
        ],
        "stages_cancelled": [
            parts.Stage("In the plan", "done", "15 Jan"),
            parts.Stage("Cancelled", "cancelled", "3 Mar"),
        ],
        "move": parts.Action("Send for clearance", "#", kind="primary"),
        "other_moves": [
            parts.Action("Postpone…", "#"),
            parts.Action("Cancel the visit…", "#", kind="danger", dialog="cancel"),
        ],
        "refused_move": parts.Action("Approve", kind="primary", refused="Only the head of the department approves."),
        "words": WORDS,
    }


def _programme() -> dict[str, object]:
    link = parts.Link("4 people", "#")
    texts = parts.SlotText
    slots = [
        parts.Slot("09:00–09:40", [texts("Возложение венка", "ru"), texts("Wreath-laying", url="#")], "Victory Square"),
        parts.Slot(
            "10:00–11:15",
            [texts("Переговоры в расширенном составе", "ru", "ru"), texts("Talks in extended format")],
            "Oval Hall",
            problems=["Begins 5 minutes before the item before it has ended."],
            links=[link],
        ),
        parts.Slot(
            "12:00–13:30",
            [texts("Обед", "ru"), texts("Lunch", note="outdated", tone="warn")],
            "Guest house",
            elsewhere="11:00–12:30 at the parliament",
            way="20 minutes by car",
        ),
        parts.Slot(
            "16:00–18:00", [texts("Завод", "ru"), texts(missing="No English text yet.", action="Write it", url="#")]
        ),
    ]
    return {
        "programme_columns": [
            parts.SlotColumn("Русский", "working text", lang="ru"),
            parts.SlotColumn("English", "for the guests", "1 outdated", "en"),
        ],
        "programme_groups": [
            parts.SlotGroup("", slots),
            parts.SlotGroup("For the experts", [parts.Slot("10:00", [texts("Архив", "ru"), texts("Archive")])]),
        ],
    }


def _strip() -> dict[str, object]:
    names = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    days = [
        parts.StripDay(14 + at, "Today" if not at else names[at % 7], not at, names[at % 7][0] == "S", at in (6, 7, 14))
        for at in range(15)
    ]
    return {
        "strip_days": days,
        "strip_items": [
            parts.StripItem("IPA CIS, St Petersburg", 1, 2, 1, "neutral", "#"),
            parts.StripItem("Working visit to the Saeima, Riga", 6, 3, 1, "ours", "#", "19–21 May, outgoing, to Riga"),
            parts.StripItem("Viet Nam, official visit", 14, 2, 1, "theirs", "#"),
            parts.StripItem("Report on St Petersburg", 8, 4, 2, "deadline", "#"),
            parts.StripItem("Busy", 2, 1, 2, "busy"),
            parts.StripItem("3 more", 12, 2, 3, "more", "#"),
        ],
    }


def _forms() -> dict[str, object]:
    refused = SampleForm({"returns_on": "18 May 2015", "purpose": "", "level": "w"}, auto_id="refused_%s")
    return {
        "form": SampleForm(initial={"purpose": "Agree the agenda of the 7th sitting"}),
        "refused": refused,
        "languages_of_text": [
            parts.LanguageTab("en", "English", "#", "reviewed", current=True, authentic=True),
            parts.LanguageTab("ru", "Русский", "#", "outdated"),
            parts.LanguageTab("be", "Беларуская", "#", "missing"),
            parts.LanguageTab("de", "Deutsch", "#", "draft"),
        ],
    }
