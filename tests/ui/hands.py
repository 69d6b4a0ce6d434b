"""The two ways in which a person uses a page: with a mouse, and with the keyboard alone."""

from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

_FARTHEST = 150  # presses of Tab until a target counts as one that cannot be reached
_BETWEEN_LETTERS = 400  # milliseconds: as one types who looks for the keys


class Hand:
    """Presses and writes on a page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, target: Locator, with_shift: bool = False) -> None:
        """Press a button, a link or what opens."""
        raise NotImplementedError

    def write(self, field: Locator, text: str, then: str = "") -> None:
        """Write `text` in place of what stands in the field; `then` press a key."""
        raise NotImplementedError

    def write_day(self, field: Locator, digits: str) -> None:
        """Write a day as the browser's own field takes it: month, day and year."""
        raise NotImplementedError

    def choose(self, field: Locator, option: str) -> None:
        """Choose the option that begins so."""
        raise NotImplementedError

    def select(self, sentence: Locator) -> None:
        """Select the words of a sentence of an article."""
        raise NotImplementedError

    def add(self, field: Locator, files: Sequence[Path]) -> None:
        """Choose files for a field."""
        with self.page.expect_file_chooser() as chooser:
            self.press(field)
        chooser.value.set_files(files)


class Mouse(Hand):
    """Points and clicks; writes with the keyboard, as everyone does."""

    def press(self, target: Locator, with_shift: bool = False) -> None:
        target.click(modifiers=["Shift"] if with_shift else [])

    def write(self, field: Locator, text: str, then: str = "") -> None:
        field.click()
        field.fill(text)
        if then:
            self.page.keyboard.press(then)

    def write_day(self, field: Locator, digits: str) -> None:
        field.click(position={"x": 12, "y": 10})  # on its month
        self.page.keyboard.type(digits)

    def choose(self, field: Locator, option: str) -> None:
        named = field.locator("option").filter(has_text=option).first
        field.select_option(named.get_attribute("value"))

    def select(self, sentence: Locator) -> None:
        sentence.scroll_into_view_if_needed()
        first, last = sentence.evaluate(
            """sentence => {
                const boxes = [...sentence.getClientRects()]
                const [a, b] = [boxes[0], boxes.at(-1)]
                return [[a.left + 1, (a.top + a.bottom) / 2], [b.right - 1, (b.top + b.bottom) / 2]]
            }"""
        )
        self.page.mouse.move(*first)
        self.page.mouse.down()
        self.page.mouse.move(*last, steps=4)
        self.page.mouse.up()


class Keyboard(Hand):
    """Has no mouse: what it uses must be reached with Tab."""

    def press(self, target: Locator, with_shift: bool = False) -> None:
        self._reach(target)
        self.page.keyboard.press("Shift+Enter" if with_shift else "Enter")

    def write(self, field: Locator, text: str, then: str = "") -> None:
        self._reach(field)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)
        if then:
            self.page.keyboard.press(then)

    def write_day(self, field: Locator, digits: str) -> None:
        self._reach(field)
        for _ in range(3):  # to its month
            self.page.keyboard.press("ArrowLeft")
        self.page.keyboard.type(digits)

    def choose(self, field: Locator, option: str) -> None:
        self._reach(field)
        self.page.keyboard.type(option, delay=_BETWEEN_LETTERS)

    def select(self, sentence: Locator) -> None:
        self._reach(sentence.locator("xpath=.."))
        words = sentence.inner_text().strip()
        for _ in range(sentence.locator("xpath=../*").count()):
            self.page.keyboard.press("ArrowRight")
            if str(self.page.evaluate("String(getSelection())")).strip() == words:
                break
        self.page.keyboard.press("Enter")

    def _reach(self, target: Locator) -> None:
        expect(target).to_be_visible()
        for _ in range(_FARTHEST):
            way = target.evaluate(
                """target => {
                    const now = document.activeElement
                    if (now === target) return 0
                    if (now === document.body) return 1
                    return now.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING
                        ? 1 : -1
                }"""
            )
            if not way:
                return
            self.page.keyboard.press("Tab" if way > 0 else "Shift+Tab")
        raise AssertionError(f"{target} is not reached with Tab")
