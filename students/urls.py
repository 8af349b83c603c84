"""Pages of people and places."""

from django.urls import path

from students.views.home import home

urlpatterns = [
    path("", home, name="home"),
]
