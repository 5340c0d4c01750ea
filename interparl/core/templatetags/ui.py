"""The components: each is one typed tag, and Django refuses an unknown or missing attribute when a page is compiled.

Values are the frozen dataclasses of `ui_parts`; signs (`ui_signs`) return safe HTML and may be called from code too,
for instance as `badge(_("in force"), "good")` in the cell of a table. Tags marked with a star enclose content and
are closed by end + name.

    icon name                                  extra_class=""
    logo
    hidden text
    badge text                                 tone="neutral|good|warn|bad|info|theirs" outlined=False sign=""
    state text tone                            tone "good|bad|warn|draft|ended"
    mark level                                 level "public|internal|official|pointer" text=""
    side text side                             side "ours|theirs|joint" shape="bar|dot"
    side_bar side                              the bar alone, with hidden words
    flag code                                  large=False
    date text                                  iso="" approximate=False other_zone=""
    signed text sign                           sign "met|late|soon"
    money amount code                          converted="" planned=False
    file title url                             facts="" older=False
    initials text                              side="ours" vacant=False
    person name                                letters="" url="" role="" side="ours" left="" vacant=False lang=""

    page_heading* title                        crumbs=[Link] actions=[Action] more=[Action] flag="" lang=""; state line
    breadcrumbs items current                  [Link]
    panel* title                               count="" actions=[Link] variant="normal|lite|bad" name="" failed=""
    card*                                      title=""
    facts items                                [Fact] layout="above|beside"
    glance items                               [Fact], six at most
    numbers items                              [NumberLink]
    rows items                                 [Row]
    attention items                            [AttentionItem]
    rules_check items                          [RuleLine]
    clash items                                [ClashLine]
    timeline items                             [TimelineItem] more_url="" more_label=""
    tabs items label                           [Tab]
    empty title                                text="" action_label="" action_url=""
    alert text                                 tone="info|good|warn|bad" title="" action_label="" action_url=""
    toast text                                 undo_url=""
    bar share                                  tone="|good|bad"
    progress text share                        stop_url="" tone=""
    dialog* name title action_url verb keep    keep_url="" text="" danger=False still=False; fields
    menu items label                           [Action] sign="more" words=False start=False
    action action                              Action; small=False in_menu=False

    form_row field                             BoundField; plain="" other="" saving=False lang=""
    form_rows form                             all fields of a form
    form_errors form
    language_tabs items                        [LanguageTab] label=""

    search_box action                          value="" name="q" label="" key="/" autofocus=False suggest=""
    search_results groups                      [FoundGroup] all_url="" all_label="" query=""
    filter_bar* shown                          total="" action="" query="" name="q" pills=[Pill] clear_url=""
                                               hidden=[(name, value)] actions=[Action] note=""; fields of filters
    pagination text                            previous_url="" next_url="" next_label="" sizes=[Link]
    selection_bar actions                      [Action] clear_url="" all_label="" all_url=""
    as_of day                                  text="" today=True action="" previous_url="" next_url="" today_url=""
                                               note="" hidden=[(name, value)] legend=False links=[Link] name="on"

    stages items                               [Stage] label=""
    moves*                                     primary=Action others=[Action]; what is still open
    programme groups columns place             [SlotGroup] of [Slot], [SlotColumn]
    strip days items label                     [StripDay] [StripItem]
    diff old new
    diff_words parts                           [DiffPart]
    ruler ruler                                Ruler

A table is made by code: `<table class="table" role="table">` with `thead`, `th[aria-sort]`, `td.number`, `td.day`,
`td.check`, rows `is-cursor`, `is-selected`, `is-vacant`, `is-ended`, `is-clash`, `is-gone`, and `span.second` for the
grey second line; the first cell of a row is `<th scope="row" role="rowheader">`. On a phone a row becomes a small
grid: `phone-hide` leaves a cell out, `data-label` puts the name of its column before it, two `phone-half` cells share
a line, `table.is-wide` inside `div.table-frame` scrolls instead.

Grids of pages: `.record` (`.record-facts`, `.record-main`, `.record-side`), `.pair`, `.two-sides`, `.home-grid`,
`.home-second`, `.process-grid`, `.lists-grid`, `.stack`. Words of record carry `.of-record`.

The shells read from the context: `appearance` (theme, text, rows, rail, keys), `navigation` (groups of title and
items: label, url, icon, current, count, key), `search_url`, `suggest_url`, `search_query`, `new_url`, `settings_url`,
`home_url`, `past_day`, `today_url`, `demonstration_day`, `print_place`, `print_note`. The public shell reads
`navigation`, `portal_url`, `parliament_name`, `languages` (url, code, name, current), `contrast` (scheme, size,
on_url, off_url, sizes, schemes), `search_url`, `illustrative`, `foot_links`, `updated`.
"""

from __future__ import annotations

from django import template

from . import ui_forms, ui_lists, ui_pages, ui_ruler, ui_signs, ui_ways

register = template.Library()

for _part in (ui_signs, ui_pages, ui_forms, ui_lists, ui_ways, ui_ruler):
    register.tags.update(_part.register.tags)
    register.filters.update(_part.register.filters)
