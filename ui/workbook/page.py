"""Upload: choose a file, review every figure of it, commit it as a vintage."""

from ui import unsaved
from ui.parts import (
    notes,
    shell,
    upload_choose,
    upload_commit,
    upload_effect,
    upload_lines,
    upload_questions,
    upload_review,
)

view = shell.choose_area_only()
shell.show_data_menu(view)
upload = unsaved.upload()
if upload is None:
    upload_choose.show(view)
else:
    review = upload_review.reviewed(view, upload)
    upload_review.show_head(review, upload, view)
    upload_questions.show(review, upload, view)
    upload_lines.show(review, view)
    upload_effect.show(review, view)
    upload_commit.show(review, upload, view)
notes.show_synthetic(view)
