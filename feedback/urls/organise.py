"""The organisers' pages of this app, under /organise/. allyhub/urls.py joins them with those of events."""

from feedback.urls import actions_taken, answering, forms, quotes, results, thanks

urlpatterns = [
    *forms.organise,
    *answering.organise,
    *results.organise,
    *quotes.organise,
    *actions_taken.organise,
    *thanks.organise,
]
