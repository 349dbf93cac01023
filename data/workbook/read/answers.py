"""Questions that come up while a file is read, each asked once, and the answers they were given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from data.workbook.book import Place
from data.workbook.reading import MOST_PLACES, SKIP, Asked, Option, Question

MOST_OPTIONAL = 60


class OpenQuestion:
    """One question that came up, with what was answered and how many figures depend on it.

    Attributes
    ----------
    always
        It is asked even where it decides no figure.
    optional
        Its figures are left out until somebody answers it.
    """

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
        self.always = self.optional = False
        self._choice: tuple[str, Sequence[Option], Option] | None = None

    @property
    def choice(self) -> Option:
        """The option answered, until there is one the suggested or the first."""
        chosen, last = self.answer or self.suggested, self._choice
        if last is None or last[0] != chosen or last[1] is not self.options:  # once for all figures
            found = (option for option in self.options if option.id == chosen)
            last = self._choice = chosen, self.options, next(found, self.options[0])
        return last[2]

    @property
    def open(self) -> bool:
        """Whether nobody has answered it yet."""
        return self.answer is None

    @property
    def waits(self) -> bool:
        """Whether it is one of the questions of a reading."""
        return bool(self.count or self.always) and not (self.optional and self.open)

    def decides(self, place: Place) -> None:
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


class Answers:
    """The answers to all questions of one reading.

    Answers that were given count before remembered ones; an answer that is no option is none.

    Parameters
    ----------
    likely
        By question, the option that is suggested where the asker has no better one.
    """

    def __init__(
        self,
        given: Mapping[str, str],
        remembered: Mapping[tuple[str, str], str],
        shape: str,
        likely: Mapping[str, str],
    ):
        self._given, self._remembered, self._shape, self._likely = given, remembered, shape, likely
        self._asked: dict[str, OpenQuestion] = {}
        self.recalled: set[str] = set()

    def given(self, code: Asked, subject: str) -> str:
        """Return the id of the answer to a question, now or for an earlier file, else empty."""
        id_ = f"{code}:{subject}"
        return self._given.get(id_) or self._remembered.get((self._shape, id_), "")

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
    ) -> OpenQuestion:
        """Return the question with this code and subject, asked now or before."""
        question = OpenQuestion(code, subject, found, options, suggested, values or {})
        if question.id in self._asked:
            return self._asked[question.id]
        question.suggested = suggested or self._likely.get(question.id, "")
        ids = {option.id for option in question.options}
        if (given := self._given.get(question.id)) in ids:
            question.answer = given
        elif code.remembered:
            kept = self._remembered.get((self._shape, question.id))
            if kept in ids:
                question.answer = kept
                self.recalled.add(question.id)
        question.optional = optional
        self._asked[question.id] = question
        return question

    def questions(self) -> tuple[Question, ...]:
        """Return every question that figures came to, in the order they came up."""
        return tuple(question.question() for question in self._asked.values() if question.waits)

    def optional(self) -> tuple[Question, ...]:
        """Return the questions that nobody has to answer and nobody has."""
        found = [entry for entry in self._asked.values() if entry.optional and entry.open]
        return tuple(entry.question() for entry in found[:MOST_OPTIONAL] if entry.count)

    def used(self) -> dict[str, str]:
        """Return the answers that were used, by question id."""
        return {
            id_: question.answer
            for id_, question in self._asked.items()
            if question.answer is not None and question.waits
        }
