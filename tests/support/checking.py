"""A test client that reads every page it gets, and fails on a page that a reader would stumble on.

It wants one h1 that the title begins with, a label for every control, ids that are there once, no
script, style or handler inline, nothing from another site, and HTML whose tags close.
"""

from html.parser import HTMLParser
from urllib.parse import urlsplit

from tests.support.cast import Client

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
OPTIONAL_END = {"li", "p", "td", "th", "tr", "thead", "tbody", "option", "dt", "dd"}
FOREIGN_VOID = {"path", "rect", "circle", "use", "stop", "line"}
CONTROLS = {"input", "select", "textarea"}
FREE = {"hidden", "submit", "button"}
ADDRESSES = {"src", "href", "action", "formaction", "poster", "data"}


class CheckingClient(Client):
    """Reads every HTML answer, and raises at once."""

    def open(self, *args, **kwargs):
        answer = super().open(*args, **kwargs)
        if answer.mimetype == "text/html" and not 300 <= answer.status_code < 400:
            wrong = faults(answer.get_data(as_text=True))
            asked = answer.request.path
            assert not wrong, f"{asked} has faults:\n  " + "\n  ".join(wrong)
        return answer


def faults(html: str) -> list[str]:
    """What is wrong with a page, in words."""
    page = _Page()
    page.feed(html)
    page.close()
    return page.faults()


class _Page(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.open: list[str] = []
        self.ids: list[str] = []
        self.labelled: set[str] = set()
        self.controls: list[dict] = []
        self.titles: list[str] = []
        self.headings: list[str] = []
        self.text: list[str] | None = None
        self.doctype = False

    def handle_decl(self, decl):
        self.doctype = decl.lower() == "doctype html"

    def handle_starttag(self, tag, attrs):
        self._attributes(tag, attrs)
        if tag not in VOID:
            self.open.append(tag)
        if tag in ("title", "h1") and "svg" not in self.open[:-1]:
            self.text = []

    def handle_startendtag(self, tag, attrs):
        self._attributes(tag, attrs)
        if tag not in VOID | FOREIGN_VOID:
            self.wrong.append(f"<{tag}/> does not close itself in HTML")

    def handle_data(self, data):
        if self.text is not None:
            self.text.append(data)

    def handle_endtag(self, tag):
        while self.open and self.open[-1] != tag and self.open[-1] in OPTIONAL_END:
            self.open.pop()
        if not self.open or self.open[-1] != tag:
            inside = self.open[-1] if self.open else "nothing"
            self.wrong.append(f"</{tag}> closes inside <{inside}>")
            return
        self.open.pop()
        if tag in ("title", "h1") and self.text is not None:
            words = " ".join("".join(self.text).split())
            (self.titles if tag == "title" else self.headings).append(words)
            self.text = None

    def faults(self) -> list[str]:
        wrong = list(self.wrong)
        if not self.doctype:
            wrong.append("no doctype")
        if self.open and set(self.open) - OPTIONAL_END:
            wrong.append(f"never closed: {self.open}")
        for double in sorted({one for one in self.ids if self.ids.count(one) > 1}):
            wrong.append(f"the id {double!r} is there more than once")
        wrong += [
            f"no label for {control}" for control in self.controls if not self._named(control)
        ]
        if len(self.headings) != 1 or len(self.titles) != 1:
            wrong.append(f"one title and one h1 wanted: {self.titles}, {self.headings}")
        elif not self.titles[0].startswith(self.headings[0]) or not self.headings[0]:
            wrong.append(f"title {self.titles[0]!r} does not begin with h1 {self.headings[0]!r}")
        return wrong

    def _attributes(self, tag, attrs):
        given = dict(attrs)
        if len(given) != len(attrs):
            wrong = [name for name, _value in attrs]
            self.wrong.append(f"<{tag}> has an attribute twice: {wrong}")
        if tag == "html" and not given.get("lang"):
            self.wrong.append("no lang on <html>")
        if tag == "style" or "style" in given:
            self.wrong.append(f"style inline in <{tag}>")
        if tag == "script" and not given.get("src"):
            self.wrong.append("script inline")
        if tag == "img" and "alt" not in given:
            self.wrong.append(f"no alt on {given}")
        self.wrong += [f"{name} inline in <{tag}>" for name in given if name.startswith("on")]
        self._addresses(tag, given)
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "label" and given.get("for"):
            self.labelled.add(given["for"])
        if tag in CONTROLS and given.get("type", "text") not in FREE:
            self.controls.append(given | {"within": "label" in self.open})

    def _addresses(self, tag, given):
        for name in ADDRESSES & set(given):
            parts = urlsplit(given[name] or "")
            if parts.netloc or parts.scheme not in ("", "mailto", "tel"):
                self.wrong.append(f"<{tag} {name}> leaves this site: {given[name]}")

    def _named(self, control) -> bool:
        if control["within"] or control.get("aria-label") or control.get("aria-labelledby"):
            return True
        return control.get("id") in self.labelled
