"""Links written in a text or borne by HTML, and what each leads to."""
