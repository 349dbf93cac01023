"""Questions gathered while a file is settled, and the answers they were given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from data.workbook.book import Place
from data.workbook.reading import SKIP, Asked, Option, Question

MOST_PLACES = 10
MOST_OPTIONAL = 60


class Pending:
    """One question that came up, with what was answered."""

    def __init__(
        self,
        code: Asked,
        subject: str,
        found: str,
        options: Sequence[Option],
        suggested: str,
        values: Mapping[str, object],
    ):
        self.id = f"{code}:{subject}" if subject else str(code)
        self.code = code
        self.found = found
        self.options = (*options, Option(SKIP))
        self.suggested = suggested
        self.values = dict(values)
        self.places: list[Place] = []
        self.count = 0
        self.answer: str | None = None
        self.always = False  # asked even where it decides no figure
        self.optional = False  # left out until somebody answers it

    @property
    def choice(self) -> Option:
        """The option answered, until there is one the suggested or the first."""
        chosen = self.answer or self.suggested
        return next((option for option in self.options if option.id == chosen), self.options[0])

    @property
    def open(self) -> bool:
        """Whether nobody has answered it yet."""
        return self.answer is None

    @property
    def waits(self) -> bool:
        """Whether it is one of the questions of a reading."""
        return bool(self.count or self.always) and not (self.optional and self.open)

    def of(self, place: Place) -> None:
        """Count one more figure that the answer decides."""
        self.count += 1
        if len(self.places) < MOST_PLACES:
            self.places.append(place)

    def question(self) -> Question:
        """Return it as a page shows it."""
        return Question(
            self.id, self.code, tuple(self.places), self.count, self.found,
            self.values | {"count": self.count}, self.options, self.suggested,
        )  # fmt: skip


class Asking:
    """All questions of one reading, each asked once.

    Answers that were given count before remembered ones; an answer that is no option is none.

    Parameters
    ----------
    likely
        By question, the option that is suggested where the asker has no better one.
    """

    def __init__(
        self,
        answers: Mapping[str, str],
        remembered: Mapping[tuple[str, str], str],
        shape: str,
        likely: Mapping[str, str],
    ):
        self._likely = likely
        self._answers = answers
        self._remembered = remembered
        self._shape = shape
        self._pending: dict[str, Pending] = {}
        self.recalled: set[str] = set()

    def given(self, code: Asked, subject: str) -> str:
        """Return the id of the answer to a question, now or for an earlier file, else empty."""
        id_ = f"{code}:{subject}"
        return self._answers.get(id_) or self._remembered.get((self._shape, id_), "")

    def ask(
        self,
        code: Asked,
        subject: str = "",
        *,
        found: str = "",
        options: Sequence[Option] = (),
        suggested: str = "",
        values: Mapping[str, object] | None = None,
        optional: bool = False,
    ) -> Pending:
        """Return the question with this code and subject, asked now or before."""
        pending = Pending(code, subject, found, options, suggested, values or {})
        if pending.id in self._pending:
            return self._pending[pending.id]
        pending.suggested = suggested or self._likely.get(pending.id, "")
        ids = {option.id for option in pending.options}
        given = self._answers.get(pending.id)
        if given in ids:
            pending.answer = given
        elif code.remembered:
            kept = self._remembered.get((self._shape, pending.id))
            if kept in ids:
                pending.answer = kept
                self.recalled.add(pending.id)
        pending.optional = optional
        self._pending[pending.id] = pending
        return pending

    def questions(self) -> tuple[Question, ...]:
        """Return every question that figures came to, in the order they came up."""
        return tuple(pending.question() for pending in self._pending.values() if pending.waits)

    def optional(self) -> tuple[Question, ...]:
        """Return the questions that nobody has to answer and nobody has."""
        found = [entry for entry in self._pending.values() if entry.optional and entry.open]
        return tuple(pending.question() for pending in found[:MOST_OPTIONAL] if pending.count)

    def answered(self) -> dict[str, str]:
        """Return the answers that were used, by question id."""
        return {
            id_: pending.answer
            for id_, pending in self._pending.items()
            if pending.answer is not None and pending.waits
        }
