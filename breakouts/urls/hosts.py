"""Offering to host, and the page of a host."""

from django.urls import URLPattern, path

from breakouts.views import host_materials, host_page, hosts

TOPIC, OWN = "events/<slug:slug>/topics/<int:pk>/host/", "hosts/<str:token>/"

urlpatterns = [
    path(TOPIC, hosts.adoption, name="adoption"),
    path(f"{TOPIC}sent/", hosts.adoption_sent, name="adoption_sent"),
    path(OWN, host_page.host, name="host"),
    path(f"{OWN}confirmation/", hosts.host_confirmation, name="host_confirmation"),
    path(f"{OWN}mistake/", hosts.host_mistake, name="host_mistake"),
    path(f"{OWN}answer/", hosts.host_answer, name="host_answer"),
    path(f"{OWN}departure/", host_page.host_departure, name="host_departure"),
    path(f"{OWN}questions/", host_page.host_prompts, name="host_prompts"),
    path(f"{OWN}co-host/", host_page.host_co_host, name="host_co_host"),
    path(f"{OWN}calendar.ics", host_page.host_ics, name="host_ics"),
    path(f"{OWN}material/", host_materials.host_materials, name="host_materials"),
    path(f"{OWN}material/<int:pk>/", host_materials.host_material, name="host_material"),
    path(
        f"{OWN}material/<int:pk>/removal/", host_materials.host_material_removal, name="host_material_removal"
    ),
]
organise: list[URLPattern] = []
