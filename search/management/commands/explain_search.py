"""`manage.py explain_search WORDS [--language cy] [--page ID]`: why a page is found, or is not."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from wagtail.models import Page

from search.query import SearchQuery, parse
from welsh.analysis import analyser
from welsh.keys import index_words, key_asked


class Command(BaseCommand):
    help = "Says how the words of a search are understood, and where a page has them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("words", nargs="+")
        parser.add_argument("--language", choices=["cy", "en"], default="cy")
        parser.add_argument("--page", type=int, help="id of a page")

    def handle(self, *args: Any, **options: Any) -> None:
        query = parse({"q": " ".join(options["words"])}, options["language"])
        if not query:
            raise CommandError("There is no word to search for.")
        for language in ("cy", "en"):
            self.explain_words(query, language)
        if options["page"] is not None:
            self.explain_page(query, options["page"])

    def explain_words(self, query: SearchQuery, language: str) -> None:
        self.stdout.write(f"As {'Welsh' if language == 'cy' else 'English'}:")
        for form in query.forms():
            key = key_asked(form, language)
            readings = ", ".join(analyser(language).readings(form))
            meaning = f"asks for {key}; may be {readings}" if key else "function word, left out"
            self.stdout.write(f"  {form}: {meaning}")

    def explain_page(self, query: SearchQuery, page_id: int) -> None:
        """Which of the three alternatives of the query the page's index entry satisfies."""
        page: Any = Page.objects.filter(pk=page_id).specific().first()
        searched = getattr(page, "searched", None)
        if searched is None:
            raise CommandError(f"There is no page with the id {page_id} that can be searched.")
        entry = {
            "title": searched.title,
            "text, terms and files, words": searched.body_words,
            "text, terms and files, keys": searched.body_keys,
            "its other language": searched.translation_keys,
        }
        self.stdout.write(f"Page {page_id}, “{page}”, {'live' if page.live else 'not live'}:")
        alternatives = {"exact words": index_words(" ".join(query.words)).split()}
        for language in ("cy", "en"):
            keys = (key_asked(form, language) for form in query.forms())
            alternatives[f"{language} keys"] = [key for key in keys if key]
        for name, wanted in alternatives.items():
            places = {
                one: [place for place, text in entry.items() if one in text.split()]
                for one in wanted
            }
            is_found = bool(wanted) and all(places.values())
            self.stdout.write(f"  {name}: {'found' if is_found else 'not found'}")
            for one, where in places.items():
                self.stdout.write(f"    {one}: {'; '.join(where) or 'nowhere'}")
