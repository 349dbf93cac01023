"""Upload: choose a file, review every figure of it, commit it as a vintage."""

from ui.first_steps import checklist
from ui.first_steps.state import FirstStep
from ui.frame import controls, cut_off, session
from ui.outlook import notes
from ui.workbook import commit, forms, tables
from ui.workbook import review as upload_review

view = controls.choose_area_only()
controls.show_data_menu(view)
upload = session.upload()
if upload is not None:
    cut_off.settle(view.say, upload)
elif (lost := session.lost_review()) is not None:
    commit.settle_lost(lost, view)
if upload is None and session.committed() is None:  # else the upload itself leads on
    checklist.show_next(view, FirstStep.HISTORY)
if upload is None:
    forms.show_choice(view)
else:
    review = upload_review.reviewed(view, upload)
    upload_review.show_head(review, upload, view)
    forms.show_questions(review, upload, view)
    tables.show(review, view)
    commit.show_effect(review, view)
    commit.show_commit(review, upload, view)
notes.show_synthetic(view)
