"""Where the weeks of a plot lead."""

from django import template
from django.urls import reverse

from reporting.selectors.figure_weeks import WeekFigures
from students.models import School

register = template.Library()


@register.simple_tag
def weeks_lead_to(weeks: WeekFigures, school: School | None) -> str:
    """To the days of a school, or to the schools of the district; to the month's figures where days are not open."""
    if school:
        return reverse("days_of_figure" if weeks.opens else "figures_of_school", args=[school.pk])
    return reverse("days_of_schools" if weeks.opens else "figures")
