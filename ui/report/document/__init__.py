"""An issue as words in blocks, whatever it is rendered as."""
