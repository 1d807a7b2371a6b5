"""How mails of all kinds are judged: without a crash, and how fast."""
