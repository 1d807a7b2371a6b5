"""How well phone numbers are found, and how well their look-alikes pass."""
