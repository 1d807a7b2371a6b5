"""DataFog's regex engine, with places."""

from __future__ import annotations

from importlib import metadata

from datafog.processing.text_processing.regex_annotator import RegexAnnotator
from serve import serve

annotator = RegexAnnotator()
serve(metadata.version("datafog"), annotator.annotate_with_spans)
