"""What the public is told of events: which, how much of each, and how many talks there were with whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from interparl.core.days import DEMONSTRATION_DAY, PARLIAMENT_ZONE, installation, now, today
from interparl.core.records import Record
from interparl.directory.models import Convocation, Parliament
from interparl.meetings.models import NOT_ON, Event, EventPartner, Kind, Participation, Stage
from interparl.meetings.rules.telling import FURTHEST, is_over, over_at
from interparl.meetings.rules.zones import day_bounds

Capacity, Function = Participation.Capacity, Participation.Function
# With whom one speaks, in the order of the sentence on forms of cooperation.
COUNTERPARTS = (Capacity.PARLIAMENTARIAN, Capacity.POLITICIAN, Capacity.DIPLOMAT, Capacity.BUSINESS, Capacity.STATE)
# Who is there and is nobody's counterpart.
BESIDE = (Function.INTERPRETER, Function.PRESS, Function.ESCORT)
# The public asks, whoever reads: what the house knows beyond what it released is no number of the public page.
PUBLIC = AnonymousUser()
# What was not accepted was not agreed to be told; what was called off had been.
UNTOLD = (Stage.DECLINED, Stage.REFUSED)
COMING, PAST = 0, 1


def moment_of(day: date) -> datetime:
    """When a page of that day is read: now; of a past day, and of a demonstration, the moment at which it begins.

    Whoever asks for a day to come reads as of now, so that nobody sees early what is told when a day is over.
    """
    if _is_now(day):
        return now()
    return day_bounds(min(day, today()), installation().get(PARLIAMENT_ZONE, "") or "UTC")[0]


def _is_now(day: date) -> bool:
    return day >= today() and not installation().get(DEMONSTRATION_DAY)


def last_of(event: Event) -> date | None:
    """The last day on which the event may still go on."""
    days = [day for day in (event.since_latest, event.until_latest) if day is not None]
    return max(days) if event.until_latest is not None and days else None


@dataclass
class Told:
    """The events that were released by the day, and what hangs on them and was released by then."""

    home: Parliament | None
    day: date

    @cached_property
    def moment(self) -> datetime:
        """When they are read."""
        return moment_of(self.day)

    def known(self, kind: type[Record]) -> Q:
        """The condition under which rows of the kind are public and were published by the day."""
        return kind.may_read(PUBLIC) & Q(effective_published_on__lte=self.day)

    def events(self) -> QuerySet[Event]:
        """Those that take place, took place, or were put off; of an invitation that was declined nobody is told."""
        return Event.objects.filter(self.known(Event)).exclude(stage__in=UNTOLD)

    def is_over(self, event: Event) -> bool:
        """Whether hours, places, people and the programme may be told: its last day has passed at its place."""
        return is_over(last_of(event), event.zone_there, self.moment)

    @cached_property
    def over(self) -> Q:
        """The condition under which an event is over; only those about the day need be looked at one by one."""
        ended = [event.pk for event in self._near if self.is_over(event)]
        latest = self.moment.date() - FURTHEST
        return Q(until_latest__lt=latest, since_latest__lt=latest) | Q(pk__in=ended)

    @cached_property
    def _near(self) -> list[Event]:
        """Those whose last day may be today somewhere on earth."""
        middle = self.moment.date()
        first, last = middle - FURTHEST, middle + FURTHEST
        about = Q(until_latest__range=(first, last)) | Q(since_latest__range=(first, last))
        return list(self.events().filter(about).only("since_latest", "until_latest", "zone"))

    def next_change(self) -> datetime | None:
        """The moment at which more is told of one of them, if it comes within the day; until then pages stay true.

        None for a day that stands still.
        """
        if not _is_now(self.day):
            return None
        days = [(last, event.zone_there) for event in self._near if (last := last_of(event))]
        return min((end for last, zone in days if (end := over_at(last, zone)) > self.moment), default=None)

    def in_order(self, found: QuerySet[Event]) -> QuerySet[Event]:
        """What comes, the next first; then what was, the last first.

        What comes on a day that is still open stands where the earliest day puts it that it may yet come on, after
        what is fixed for that day.
        """
        is_open = ~Q(since_earliest=F("since_latest"), until_earliest=F("until_latest"))
        may_yet = Q(since_earliest__gte=self.day)
        part = Case(When(self.over, then=Value(PAST)), default=Value(COMING))
        ahead = Case(
            When(self.over, then=Value(None)),
            When(is_open & ~may_yet, then=Value(self.day)),
            default=F("since_earliest"),
        )
        settled = Case(When(self.over, then=Value(0)), When(is_open, then=Value(1)), default=Value(0))
        rows = found.annotate(part=part, ahead=ahead, settled=settled)
        return rows.order_by("part", "ahead", "settled", "-since_earliest", "pk")

    def coming(self, found: QuerySet[Event]) -> QuerySet[Event]:
        """Those of them that are not over, in that order."""
        return self.in_order(found.exclude(self.over))

    def past(self, found: QuerySet[Event]) -> QuerySet[Event]:
        """Those of them that are over, in that order."""
        return self.in_order(found.filter(self.over))

    def with_country(self, country: int) -> QuerySet[Event]:
        """Those with the country, as the main partner or as one of several."""
        others = EventPartner.objects.filter(self.known(EventPartner), country=country)
        return self.events().filter(Q(country=country) | Q(pk__in=others.values("event")))

    @cached_property
    def began(self) -> date | None:
        """The first day of the home parliament's convocation of that day."""
        if self.home is None:
            return None
        terms = Convocation.objects.visible_to(PUBLIC).filter(parliament=self.home, since_earliest__isnull=False)
        return terms.on(self.day).order_by("-since_earliest").values_list("since_earliest", flat=True).first()

    def talks(self) -> QuerySet[Event]:
        """Talks of the convocation that were held."""
        if self.began is None:
            return Event.objects.none()
        held = self.events().filter(self.over, kind=Kind.TALKS, since_earliest__gte=self.began)
        return held.exclude(stage__in=NOT_ON)

    def talks_with(self, capacity: str) -> QuerySet[Event]:
        """Those of them in which somebody of the other side took part in this capacity."""
        return self.talks().filter(pk__in=self._counterparts().filter(capacity=capacity).values("event"))

    def _counterparts(self) -> QuerySet[Participation]:
        """Who came from another side than the home parliament's country."""
        found = Participation.objects.counted().exclude(function__in=BESIDE)
        home = self.home.country_id if self.home else None
        abroad = Q(country__isnull=False) & ~Q(country=home)
        of_organisation = Q(country__isnull=True, organisation__isnull=False)
        return found.filter(self.known(Participation), abroad | of_organisation)

    @cached_property
    def numbers_of_talks(self) -> dict[str, int]:
        """How many talks there were by the capacity of the other side; talks with several kinds count in each."""
        found = self._counterparts().filter(event__in=self.talks(), capacity__in=COUNTERPARTS)
        numbers = dict(found.order_by().values_list("capacity").annotate(number=Count("event", distinct=True)))
        return {str(capacity.value): numbers.get(capacity.value, 0) for capacity in COUNTERPARTS}


def talks_words(capacity: str, count: int) -> str:
    """So many talks with people of that capacity."""
    words = {
        Capacity.PARLIAMENTARIAN: ngettext(
            "%(count)s round of talks with parliamentarians", "%(count)s rounds of talks with parliamentarians", count
        ),
        Capacity.POLITICIAN: ngettext(
            "%(count)s round of talks with politicians", "%(count)s rounds of talks with politicians", count
        ),
        Capacity.DIPLOMAT: ngettext(
            "%(count)s round of talks with diplomats", "%(count)s rounds of talks with diplomats", count
        ),
        Capacity.BUSINESS: ngettext(
            "%(count)s round of talks with businesspeople", "%(count)s rounds of talks with businesspeople", count
        ),
        Capacity.STATE: ngettext(
            "%(count)s round of talks with statespeople", "%(count)s rounds of talks with statespeople", count
        ),
    }
    return words[Capacity(capacity)] % {"count": count}


def talks_sentence(numbers: Mapping[str, int], address: Callable[[str], str] | None = None) -> str:
    """The talks of the convocation by counterpart; "" when none were held that the public knows of.

    With addresses each part is a link, and the sentence is markup.
    """
    held = {capacity: talks_words(capacity, number) for capacity, number in numbers.items() if number}
    if not held:
        return ""
    if address is None:
        return _("Held in this convocation: %(talks)s.") % {"talks": ", ".join(held.values())}
    links = format_html_join(", ", '<a href="{}">{}</a>', ((address(key), words) for key, words in held.items()))
    sentence = conditional_escape(_("Held in this convocation: %(talks)s."))
    return mark_safe(sentence % {"talks": links})  # noqa: S308  both parts were escaped
