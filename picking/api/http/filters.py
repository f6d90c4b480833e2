"""What lists can be narrowed by."""

from datetime import datetime
from typing import Any

import django_filters
from django.db.models import F, Q, QuerySet
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from picking.access import person
from picking.models import Comment, Event, Job, Label, Micrograph, PickSet, Project, Source, Training
from picking.queries.exports.export import EXPORTS
from picking.queries.micrographs.micrographs import on_it, reviewed
from picking.queries.micrographs.visible import visible
from picking.queries.past.history import KINDS, sequence_at

YES, NO = "true", "false"


class YesOrNo(django_filters.TypedChoiceFilter):
    """`true` or `false`. django-filter's own takes any other word for no filter at all."""

    def __init__(self, **more: Any) -> None:
        super().__init__(choices=[(YES, YES), (NO, NO)], coerce=lambda word: word == YES, **more)


class Id(django_filters.NumberFilter):
    """A whole number that a database can hold."""

    def __init__(self, **more: Any) -> None:
        super().__init__(min_value=1, max_value=2**63 - 1, decimal_places=0, **more)


class ProjectFilters(django_filters.FilterSet):
    name = django_filters.CharFilter(lookup_expr="icontains", label="part of the name")
    archived = YesOrNo(field_name="archived_at", lookup_expr="isnull", exclude=True)


class MicrographFilters(django_filters.FilterSet):
    name = django_filters.CharFilter(lookup_expr="icontains", label="part of the name")
    excluded = YesOrNo()
    flagged = YesOrNo()
    blind = YesOrNo(label="whether people see only their own marks on it for now")
    has_labels = YesOrNo(method="with_rows", label="whether it has labels that you see")
    has_picks = YesOrNo(method="with_rows", label="whether any source has picks on it")
    reviewed = YesOrNo(method="with_marks", label="whether it has marks that you see")

    def with_rows(self, micrographs: QuerySet[Micrograph], name: str, wanted: bool) -> QuerySet[Micrograph]:
        """Those that have rows of the kind in the filter's name, or those that have none."""
        labels, picks = visible(Label, _reader(self)), PickSet.objects.filter(count__gt=0)
        found = on_it(labels if name == "has_labels" else picks)
        return micrographs.filter(found if wanted else ~found)

    def with_marks(self, micrographs: QuerySet[Micrograph], name: str, wanted: bool) -> QuerySet[Micrograph]:
        found = reviewed(_reader(self))
        return micrographs.filter(found if wanted else ~found)


class LabelFilters(django_filters.FilterSet):
    micrograph = Id(field_name="micrograph_id", label="id of a micrograph")
    author = Id(field_name="author_id", label="id of a member")
    kind = django_filters.ChoiceFilter(choices=Label.Kind.choices)


class AssignmentFilters(django_filters.FilterSet):
    micrograph = Id(field_name="micrograph_id", label="id of a micrograph")
    user = Id(field_name="user_id", label="id of a member")
    done = YesOrNo(field_name="done_at", lookup_expr="isnull", exclude=True)
    reviewed = YesOrNo(field_name="reviewed_at", lookup_expr="isnull", exclude=True)


class CommentFilters(django_filters.FilterSet):
    micrograph = Id(field_name="micrograph_id", label="id of a micrograph")
    author = Id(field_name="author_id", label="id of a person")
    mentioned = Id(field_name="mentions__user", label="id of a person whom a comment names")
    resolved = YesOrNo(method="of_resolved", label="whether its thread is resolved")

    def of_resolved(self, comments: QuerySet[Comment], name: str, wanted: bool) -> QuerySet[Comment]:
        itself = Q(parent=None, resolved_at__isnull=not wanted)
        return comments.filter(itself | Q(parent__isnull=False, parent__resolved_at__isnull=not wanted))


class SourceFilters(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(choices=Source.Kind.choices)
    teaches = YesOrNo()


class JobFilters(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(choices=Job.Kind.choices)
    status = django_filters.ChoiceFilter(choices=Job.Status.choices)


class TrainingFilters(django_filters.FilterSet):
    current = YesOrNo(method="that_pick", label="whether its networks pick now")

    def that_pick(self, trainings: QuerySet[Training], name: str, wanted: bool) -> QuerySet[Training]:
        now = {"project__current_training": F("pk")}
        return trainings.filter(**now) if wanted else trainings.exclude(**now)


class ExportFilters(django_filters.FilterSet):
    format = django_filters.ChoiceFilter(choices=[(key, key) for key in EXPORTS])
    status = django_filters.ChoiceFilter(field_name="job__status", choices=Job.Status.choices)


class HistoryFilters(django_filters.FilterSet):
    person = Id(field_name="actor_id", label="id of who did it")
    kinds = django_filters.MultipleChoiceFilter(
        method="of_kinds", choices=[(kind, kind) for kind in KINDS], label="may be given several times"
    )
    micrograph = Id(label="id of a micrograph")
    since = django_filters.IsoDateTimeFilter(method="from_time", label="ISO time")
    until = django_filters.IsoDateTimeFilter(method="up_to", label="ISO time")
    after = Id(field_name="sequence", lookup_expr="gt", label="a sequence number: what came after it")

    def __init__(self, *given: Any, project: Project, **named: Any) -> None:
        super().__init__(*given, **named)
        self.project = project

    def of_kinds(self, events: QuerySet[Event], name: str, wanted: list[str]) -> QuerySet[Event]:
        return events.filter(type__in=[each for kind in wanted for each in KINDS[kind]]) if wanted else events

    def from_time(self, events: QuerySet[Event], name: str, at: datetime) -> QuerySet[Event]:
        return events.filter(sequence__gt=sequence_at(self.project, at))

    def up_to(self, events: QuerySet[Event], name: str, at: datetime) -> QuerySet[Event]:
        return events.filter(sequence__lte=sequence_at(self.project, at))


class WatchedFilters(django_filters.FilterSet):
    stopped = YesOrNo(field_name="stopped_at", lookup_expr="isnull", exclude=True)


def _reader(filters: django_filters.FilterSet) -> int:
    """Who asks."""
    assert filters.request is not None, "filtered says who asks"
    return person(filters.request).pk


def filtered(
    request: Request, filters: type[django_filters.FilterSet], rows: QuerySet[Any], **more: Any
) -> QuerySet[Any]:
    """The rows that the query of the address asks for. Raises ValidationError for values that make no sense.

    `more`: what these filters need to know.
    """
    asked = filters(request.query_params, queryset=rows, request=request, **more)
    if not asked.is_valid():
        raise ValidationError(asked.errors)
    found: QuerySet[Any] = asked.qs
    return found


def parameters(filters: type[django_filters.FilterSet]) -> list[OpenApiParameter]:
    """The same as the schema says it."""
    return [
        OpenApiParameter(
            name,
            int if isinstance(each, Id) else str,
            enum=[value for value, _ in each.extra["choices"]] if "choices" in each.extra else None,
            description=each.extra.get("label") or each._label or "",
        )
        for name, each in filters.base_filters.items()
    ]
