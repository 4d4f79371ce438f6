"""Address of the component gallery; mounted only where COMPONENT_GALLERY is true."""

from django.urls import path

from tests.gallery.views import gallery

app_name = "gallery"
urlpatterns = [path("", gallery, name="components")]
