"""The checklist of a zone's first steps: what is done, and the way to the next one."""
