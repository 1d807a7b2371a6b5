"""How well links and e-mail addresses are found in text that nobody here wrote."""
