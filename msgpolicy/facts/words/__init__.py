"""What a text says: phrases, concepts, sentences, languages, and the brand names that say nothing."""
