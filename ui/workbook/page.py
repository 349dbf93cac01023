"""Upload: choose a file, review every figure of it, commit it as a vintage."""

from ui.frame import session, shell
from ui.outlook import notes
from ui.workbook import choose, commit, effect, questions, tables
from ui.workbook import review as upload_review

view = shell.choose_area_only()
shell.show_data_menu(view)
upload = session.upload()
if upload is None:
    choose.show(view)
else:
    review = upload_review.reviewed(view, upload)
    upload_review.show_head(review, upload, view)
    questions.show(review, upload, view)
    tables.show(review, view)
    effect.show(review, view)
    commit.show(review, upload, view)
notes.show_synthetic(view)
