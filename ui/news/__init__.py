"""Why an outlook moved, in sentences that pages and reports share."""
