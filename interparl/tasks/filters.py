"""What the registers of tasks may be asked."""

from __future__ import annotations

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from interparl.core.filters import HostFilter
from interparl.tasks.models import Clearance, MovedDay, Task


class ClearanceFilters(django_filters.FilterSet):
    """Clearances."""

    step = django_filters.ChoiceFilter(label=pgettext_lazy("clearance", "Step"), choices=Clearance.Step.choices)
    state = django_filters.ChoiceFilter(label=_("State"), choices=Clearance.State.choices)
    of = HostFilter(label=_("About"), widget=forms.HiddenInput)

    class Meta:
        model = Clearance
        fields = ["step", "state"]


class TaskFilters(django_filters.FilterSet):
    """Tasks."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=Task.State.choices)
    of = HostFilter(label=_("About"), widget=forms.HiddenInput)

    class Meta:
        model = Task
        fields = ["state"]


class MovedDayFilters(django_filters.FilterSet):
    """Moved days."""

    becomes = django_filters.ChoiceFilter(label=_("Becomes"), choices=MovedDay.Becomes.choices)

    class Meta:
        model = MovedDay
        fields = ["becomes"]
