"""Mail addresses, phone numbers and messengers in a text, and the numbers that only look like them."""
