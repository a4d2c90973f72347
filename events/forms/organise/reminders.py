"""Whom an event reminds of its dates, and when."""

from django import forms

from events.forms.organise.page import EventPage
from events.models import Event
from kit.layouts import OneGroup


class EventRemindersForm(OneGroup, EventPage):
    class Meta:
        model = Event
        fields = ["reminds_week_before", "reminds_day_before", "reminds_hours_before"]
        widgets = dict.fromkeys(fields, forms.RadioSelect)
