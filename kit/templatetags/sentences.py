"""`{{ words|first_sentences:25 }}`: the beginning of a text, never cut within a sentence."""

from django import template

from kit import text

register = template.Library()
register.filter("first_sentences", text.first_sentences)
