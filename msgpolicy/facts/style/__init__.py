"""How HTML looks: attributes, style attributes and sheets, and what of it is not seen."""
