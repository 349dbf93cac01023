from tests.ui.outlooks import make_outlook, make_verdict
from ui.language import Language
from ui.scenario.live.panels import panels

YEAR = (9.0, 8.8, 8.4, 8.1)


def test_a_year_known_inside_has_no_light_and_is_not_said_to_be_published() -> None:
    flash = make_verdict(1.0, ytd=YEAR, median=8.1, flash=True)
    published = make_verdict(1.0, name="tax", ytd=YEAR, median=8.1)
    inside, out = panels(make_outlook(1.0, flash, published), Language.ZH)

    assert (inside["light"], inside["published"]) == (None, False)
    assert (out["light"], out["published"]) == ("met", True)
