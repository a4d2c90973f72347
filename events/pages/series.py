"""What belongs together for a reader, as far as everyone may know of it."""

from django.db.models import Exists, OuterRef

from events.models import Event, Series

OF_THE_SERIES = Event.objects.filter(series=OuterRef("pk"))
# A series of which nothing was ever published is nobody's business yet.
PUBLIC = Series.objects.filter(Exists(OF_THE_SERIES.public()))
LISTED = Series.objects.filter(Exists(OF_THE_SERIES.on_the_calendar()))
# Calendars are told of what was taken back, so they still find it.
FOLLOWED = Series.objects.filter(Exists(OF_THE_SERIES.filter(published_at__isnull=False)))
