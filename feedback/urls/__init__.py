"""Addresses of everything about feedback that is not the organisers' own."""

from feedback.urls import actions_taken, answering, forms, quotes, results, thanks

app_name = "feedback"
urlpatterns = [
    *answering.urlpatterns,
    *forms.urlpatterns,
    *results.urlpatterns,
    *quotes.urlpatterns,
    *actions_taken.urlpatterns,
    *thanks.urlpatterns,
]
