"""HTML as a browser reads it, with the exact source span of every element, attribute and text."""
