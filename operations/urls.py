"""Addresses without a language, outside both page trees."""

from django.urls import path

from operations import views

urlpatterns = [
    path("-/live", views.live, name="live"),
    path("-/ready", views.ready, name="ready"),
    path("-/health", views.health, name="health"),
    path("-/csp", views.csp_report, name="csp_report"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
    path(".well-known/security.txt", views.security, name="security"),
]
