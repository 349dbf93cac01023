"""The page of targets: what is edited by hand of an area, reviewed and committed."""
