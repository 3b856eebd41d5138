"""Pure: the help, one page long, and what is known of the pages' accessibility."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ui.web.controls import Action
from ui.web.render.html import Html
from ui.wording.translation import N_, tr

_HELP: Mapping[str, Sequence[str]] = {
    N_("Ask a question"): (
        N_(
            "Type it on the Ask page as you would say it, with the council and, where it "
            "matters, the year: “What did inspectors say about caseloads in 2023?” A "
            "second question may lean on the first: “And the year before?”"
        ),
        N_(
            "Above an answer stands what was looked at first. Take a part away with ✕ to "
            "ask again without it, or narrow the search with “Filters”."
        ),
    ),
    N_("Read an answer"): (
        N_(
            "Words in quotation marks are the source's own, word for word. Inspectors, the "
            "council and the press each stand under their own heading."
        ),
        N_(
            "Press a number to see the words marked on their page. “Copy answer” takes the "
            "words and their sources with it; “Export” makes a Word file, a PDF or "
            "Markdown."
        ),
        N_(
            "“Not in the documents” means that the documents held do not tell. It does not "
            "mean that a thing did not happen."
        ),
    ),
    N_("Check a claim or a speech"): (
        N_(
            "Paste it on the Check page. Each claim is supported, contradicted or not "
            "found, with the words that decide it."
        ),
    ),
    N_("Prepare for a meeting"): (
        N_(
            "Type a council on the Prepare page. The pack opens with one page to speak "
            "from: five questions and why, the newest grades, and what changed. The rest "
            "stands behind it."
        ),
        N_(
            "Its tracker lists what inspectors asked for and what was promised by when. "
            "Mark what you have raised or what is done, and put the dates in your calendar."
        ),
    ),
    N_("See a council's record"): (
        N_(
            "The Record page shows every grade over time, sets two inspections side by "
            "side, and has a timeline."
        ),
    ),
    N_("Add documents"): (
        N_(
            "Officers add reports, council papers and articles on the Library page, and "
            "look at what “needs checking” there: a wrong date or council misleads every "
            "answer."
        ),
    ),
    N_("When something is wrong"): (
        N_("Say so under the answer: “Was this right?”. Whoever looks after this desk reads it."),
        N_(
            "When the page says that Scrutiny Desk is not answering, your question is "
            "kept: wait, and it comes back by itself."
        ),
    ),
    N_("With the keyboard"): (
        N_(
            "Tab goes from one control to the next, Enter presses it, Escape closes a "
            "source. Larger print (Ctrl and +) and the browser's own print work on every "
            "page."
        ),
    ),
}

_ACCESSIBILITY: Mapping[str, Sequence[str]] = {
    N_("What is aimed at"): (
        N_(
            "The Web Content Accessibility Guidelines (WCAG) 2.2, level AA: for people who "
            "cannot see the screen, who use it enlarged, who use no mouse, or who tell no "
            "colours apart."
        ),
    ),
    N_("What you can do"): (
        N_("Use every page with the keyboard alone, and see where you are."),
        N_("Enlarge to 200% and read without scrolling sideways, on a telephone too."),
        N_("Choose a dark or a light screen: the pages follow your system."),
        N_(
            "Read in words whatever a picture shows: a cited page as its text, a chart as "
            "its table."
        ),
        N_("Tell by words, and never by colour alone, who is quoted and how a claim was judged."),
    ),
    N_("How it was tested"): (
        N_(
            "By axe-core, a program that looks for faults of accessibility, on the pages "
            "in Chromium, wide and narrow, light and dark, whenever the program is changed."
        ),
        N_("By tests that work the pages with the keyboard alone in Chromium."),
        N_(
            "Not yet by people who use a screen reader, magnification or speech every day, "
            "and not by an independent auditor."
        ),
    ),
    N_("What is known to fall short"): (
        N_(
            "A cited page is a picture of the original. Its text stands below it, in the order in "
            "which it was read, and a table may lose its rows there."
        ),
        N_(
            "The documents themselves are others' and may not be accessible. PDFs that "
            "this program makes are (PDF/UA)."
        ),
    ),
    N_("If something keeps you out"): (
        N_(
            "Tell the officer who looks after this desk at your council: what you were "
            "doing and what you use. If the answer does not satisfy you, the Equality "
            "Advisory and Support Service advises."
        ),
        N_(
            "This statement is about the program. The council that runs it is responsible "
            "for a statement of its own."
        ),
    ),
}
_MORE = Html(
    '<p><a href="./accessibility" data-act="{}">{}</a> · <a href="./about" data-act="{}">{}</a></p>'
)


def help_html() -> Html:
    """The whole help."""
    accessibility, about = (Action("visit", (name,)).line for name in ("Accessibility", "About"))
    more = _MORE.format(
        accessibility,
        tr("How accessible these pages are"),
        about,
        tr("What Scrutiny Desk does and will not do"),
    )
    return Html('<div class="about help">{}{}</div>').format(_sections(_HELP), more)


def accessibility_html() -> Html:
    """The whole statement."""
    return Html('<div class="about">{}</div>').format(_sections(_ACCESSIBILITY))


def _sections(parts: Mapping[str, Sequence[str]]) -> Html:
    sections = Html()
    for heading, lines in parts.items():
        items = Html("<li>{}</li>").each(map(tr, lines))
        sections += Html("<section><h2>{}</h2><ul>{}</ul></section>").format(tr(heading), items)
    return sections
