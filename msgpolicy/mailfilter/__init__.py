"""What stands in the way of mail: the SMTP filter and the milter, with what they share."""
