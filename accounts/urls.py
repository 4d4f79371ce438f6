"""Sign-in at one address; no sign-up."""

from django.urls import include, path

urlpatterns = [path("", include("allauth.urls"))]
