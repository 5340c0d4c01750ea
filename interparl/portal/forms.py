"""What may be typed about the public page."""

from __future__ import annotations

from interparl.core.forms import RecordForm
from interparl.portal.models import ReportedFigure, Section


class SectionForm(RecordForm[Section]):
    """The wording of a part of the page."""

    class Meta:
        model = Section
        fields = ["title", "text", "key", "order", "note", "mark", "grade", "source"]


class ReportedFigureForm(RecordForm[ReportedFigure]):
    """A number that others printed."""

    class Meta:
        model = ReportedFigure
        fields = ["key", "number", "is_more_than", "printed_on", "since", "until", "note", "mark", "grade", "source"]
