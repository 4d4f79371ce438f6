"""Addresses of the composer, below the admin."""

from django.urls import path

from bilingual.composer.views import ExistingPair, NewPair

urlpatterns = [
    path(
        "pairs/add/<slug:app_label>/<slug:model_name>/<int:parent>/",
        NewPair.as_view(),
        name="compose_new_pair",
    ),
    path("pairs/<uuid:key>/", ExistingPair.as_view(), name="compose_pair"),
]
