"""For the screen that takes a page off the site."""

from django import template

from events.booking import who_has_booked

register = template.Library()
register.simple_tag(lambda page: who_has_booked([page]), name="who_has_booked")
