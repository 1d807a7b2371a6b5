"""Presidio's AnalyzerEngine with all its recognisers of patterns, over spaCy's tokenizer without a model.

With the argument `en_core_web_lg` over that model, Presidio's default, and with its recogniser of names.
"""

from __future__ import annotations

import logging
import sys
from importlib import metadata

import spacy
import tldextract
from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
from presidio_analyzer.nlp_engine import SpacyNlpEngine
from serve import serve

# The list of suffixes that came with the package: nothing is fetched.
tldextract.tldextract.TLD_EXTRACTOR = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
tldextract.extract = tldextract.tldextract.TLD_EXTRACTOR
logging.disable(logging.ERROR)

model = sys.argv[1] if len(sys.argv) > 1 else None


class Loaded(SpacyNlpEngine):
    """The engine over what is here."""

    def load(self) -> None:
        self.nlp = {"en": spacy.load(model) if model else spacy.blank("en")}


engine = Loaded()
engine.load()
registry = RecognizerRegistry(supported_languages=["en"])
registry.load_predefined_recognizers(languages=["en"])
if not model:
    registry.remove_recognizer("SpacyRecognizer")
analyzer = AnalyzerEngine(nlp_engine=engine, registry=registry, supported_languages=["en"])
serve(metadata.version("presidio-analyzer"), lambda text: analyzer.analyze(text, language="en"))
