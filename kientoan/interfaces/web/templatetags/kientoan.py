"""Template tags and filters of Kiện Toàn, loaded in every template."""

from django import template

register = template.Library()
