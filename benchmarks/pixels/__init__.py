"""How well tracking pixels are told from ordinary images."""
