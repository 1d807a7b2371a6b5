"""Raw e-mail: header, parts, decoding, and the message record that it becomes."""
