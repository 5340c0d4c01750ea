"""What the public page counts: from published records, on the day asked, for whoever may read them (design 4, 8.17)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from interparl.bodies.models import Body, Partner
from interparl.core.rights import Reader
from interparl.core.translated import text_in
from interparl.directory.models import Organisation, Parliament, Rank, Relation, Status
from interparl.documents.models import Edition
from interparl.language.public_count import more_than
from interparl.portal.measures.meetings import Told, talks_sentence
from interparl.portal.models import ReportedFigure

GROUPS = (Body.Kind.WORKING_GROUP, Body.Kind.REGIONAL_GROUP)


@dataclass
class Counted:
    """The rows behind the public page on one day, as one reader may see them; each number is the length of its rows."""

    home: Parliament | None
    day: date
    user: Reader

    def relations(self) -> QuerySet[Relation]:
        """Relations with parliaments that hold on the day."""
        return Relation.objects.visible_to(self.user).filter(parliament__isnull=False).on(self.day)

    @cached_property
    def kept_with(self) -> list[tuple[int, str, str]]:
        """Each relation of the day as country, its code and the kind of relation."""
        return list(
            self.relations().values_list("parliament__country", "parliament__country__code", "kind").order_by("pk")
        )

    @cached_property
    def partner_countries(self) -> int:
        """Relations are counted by country, not by chamber or by successive parliaments."""
        return len({country for country, _code, _kind in self.kept_with})

    def bodies(self, *kinds: str) -> QuerySet[Body]:
        """Bodies of these kinds in which the home parliament has a part, on the day."""
        if self.home is None:
            return Body.objects.none()
        return Body.objects.visible_to(self.user).of_kind(*kinds).with_part_of(self.home, self.user).on(self.day)

    def working_groups(self) -> QuerySet[Body]:
        """Working groups, regional ones included."""
        return self.bodies(*GROUPS)

    def commissions(self) -> QuerySet[Body]:
        """Interparliamentary commissions."""
        return self.bodies(Body.Kind.COMMISSION)

    def delegations(self) -> QuerySet[Body]:
        """Permanent delegations."""
        return self.bodies(Body.Kind.DELEGATION)

    @cached_property
    def numbers(self) -> Counter[str]:
        """How many bodies of each kind the page counts."""
        found = self.bodies(*GROUPS, Body.Kind.COMMISSION, Body.Kind.DELEGATION)
        return Counter(dict(found.order_by().values_list("kind").annotate(number=Count("pk"))))

    @cached_property
    def shared_with(self) -> list[tuple[str, str]]:
        """The kind of a group or commission and the code of a country that it is held with, home left out."""
        home = self.home.country_id if self.home else None
        about = self.bodies(*GROUPS, Body.Kind.COMMISSION)
        found = Partner.objects.visible_to(self.user).filter(body__in=about).exclude(country=home)
        return list(found.values_list("body__kind", "country__code").distinct())

    @cached_property
    def commission_partners(self) -> list[str]:
        """The countries of the commissions, as codes in order."""
        return sorted({code for kind, code in self.shared_with if kind == Body.Kind.COMMISSION})

    @cached_property
    def full_memberships(self) -> list[Organisation]:
        """World organisations of which the home parliament is a full member on the day, as registered."""
        statuses = Status.objects.visible_to(self.user).filter(parliament=self.home, is_world=True).full().on(self.day)
        found = Organisation.objects.visible_to(self.user).on(self.day)
        return list(found.filter(pk__in=statuses.values("organisation")).order_by("pk"))

    @cached_property
    def most_important(self) -> list[Organisation]:
        """The most important organisations on the day, in their printed order."""
        ranks = Rank.objects.visible_to(self.user).filter(importance=Rank.Importance.MOST).on(self.day)
        standing = Organisation.objects.visible_to(self.user).on(self.day)
        found = ranks.filter(organisation__in=standing).select_related("organisation").order_by("order", "pk")
        return [rank.organisation for rank in found]

    def editions(self) -> QuerySet[Edition]:
        """The editions of compositions that were out by the day and still stand, without what they hold."""
        known = Edition.objects.visible_to(self.user).of(Body.record_kind(), Edition.What.COMPOSITION)
        return known.by(self.day).in_force().filter(effective_published_on__lte=self.day).defer("content")

    @cached_property
    def last_editions(self) -> dict[int, Edition]:
        """By body the last of them."""
        return {edition.object_id: edition for edition in self.editions().order_by("number")}

    @cached_property
    def told(self) -> Told:
        """The events that were released by the day."""
        return Told(self.home, self.day)

    def reported(self) -> dict[str, ReportedFigure]:
        """What others printed for that day, by key; the latest where there are several."""
        found = ReportedFigure.objects.visible_to(self.user).on(self.day).order_by("printed_on", "pk")
        return {figure.key: figure for figure in found}


@dataclass(frozen=True)
class Facts:
    """The counts and names of a day."""

    on: date
    partner_parliaments: int
    working_groups: int
    commissions: int
    commissions_with: list[str]
    permanent_delegations: int
    full_memberships: list[str]
    most_important: list[str]
    reported: dict[str, int]
    acronyms: dict[str, list[str]]
    talks: dict[str, int]
    sentences: list[str] = field(default_factory=list)

    def as_data(self) -> dict[str, Any]:
        """The shape that the design fixes for `interparl facts --json`."""
        return {
            "on": self.on.isoformat(),
            "partner_parliaments": self.partner_parliaments,
            "working_groups": self.working_groups,
            "commissions": {"count": self.commissions, "with": self.commissions_with},
            "permanent_delegations": self.permanent_delegations,
            "full_memberships": self.full_memberships,
            "most_important": self.most_important,
            "full_memberships_acronyms": self.acronyms["full"],
            "most_important_acronyms": self.acronyms["most"],
            "reported": self.reported,
            "talks": self.talks,
            "sentences": self.sentences,
        }


def facts_on(day: date, user: Reader, language: str) -> Facts:
    """Counts everything for the day; names and sentences in that language, which must be the active one."""
    return facts_of(Counted(Parliament.objects.home(), day, user), language)


def facts_of(counted: Counted, language: str) -> Facts:
    """The facts of rows that a page counts anyway."""
    codes = counted.commission_partners
    found = Facts(
        on=counted.day,
        partner_parliaments=counted.partner_countries,
        working_groups=sum(counted.numbers[kind] for kind in GROUPS),
        commissions=counted.numbers[Body.Kind.COMMISSION],
        commissions_with=codes,
        permanent_delegations=counted.numbers[Body.Kind.DELEGATION],
        full_memberships=[text_in(one.short_name, language) for one in counted.full_memberships],
        most_important=[text_in(one.short_name, language) for one in counted.most_important],
        acronyms={
            "full": [text_in(one.acronym, language) for one in counted.full_memberships],
            "most": [text_in(one.acronym, language) for one in counted.most_important],
        },
        reported={key: figure.number for key, figure in counted.reported().items()},
        talks=counted.told.numbers_of_talks,
    )
    found.sentences.extend(sentences_of(found))
    return found


def sentences_of(facts: Facts) -> list[str]:
    """The facts as whole sentences of the active language; what there is none of is not spoken of."""
    found = [partners_sentence(facts.partner_parliaments)]
    found += [
        ngettext(
            "%(count)s working group on cooperation with a foreign parliament is at work.",
            "%(count)s working groups on cooperation with foreign parliaments are at work.",
            facts.working_groups,
        )
        % {"count": facts.working_groups},
        ngettext(
            "There is %(count)s interparliamentary commission.",
            "There are %(count)s interparliamentary commissions.",
            facts.commissions,
        )
        % {"count": facts.commissions},
        ngettext(
            "%(count)s permanent delegation represents the parliament in interparliamentary organisations.",
            "%(count)s permanent delegations represent the parliament in interparliamentary organisations.",
            facts.permanent_delegations,
        )
        % {"count": facts.permanent_delegations},
    ]
    if facts.most_important:
        found.append(_("The most important organisations: %(names)s.") % {"names": ", ".join(facts.most_important)})
    if facts.full_memberships:
        found.append(_("Full membership: %(names)s.") % {"names": ", ".join(facts.full_memberships)})
    if talks := talks_sentence(facts.talks):
        found.append(talks)
    return found


def partners_sentence(count: int) -> str:
    """With how many countries' parliaments there are relations; "more than N" is the largest ten strictly below."""
    rounded = more_than(count)
    if rounded is None:
        return ngettext(
            "Relations are maintained with the parliament of %(count)s country.",
            "Relations are maintained with the parliaments of %(count)s countries.",
            count,
        ) % {"count": count}
    return ngettext(
        "Relations are maintained with the parliaments of more than %(count)s country.",
        "Relations are maintained with the parliaments of more than %(count)s countries.",
        rounded,
    ) % {"count": rounded}


def map_levels(counted: Counted) -> dict[str, str]:
    """Countries on the map: home, commission or common assembly, working group, other relations."""
    levels: dict[str, str] = {}
    strong = (Relation.Kind.COMMISSION, Relation.Kind.ORGANISATION)
    for _country, code, kind in counted.kept_with:
        levels[code] = "strong" if kind in strong else "weak"
    for kind, code in counted.shared_with:
        if kind in GROUPS and levels.get(code) != "strong":
            levels[code] = "mid"
    for code in counted.commission_partners:
        levels[code] = "strong"
    if counted.home:
        levels[counted.home.country.code] = "home"
    return levels
