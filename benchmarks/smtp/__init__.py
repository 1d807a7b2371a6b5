"""What judging costs a mail server, and that no mail is lost when processes are killed."""
