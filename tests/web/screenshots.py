"""`make screenshots`: every view in light, dark and at a phone's width, to be looked at."""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from assistant import Assistant, Settings
from assistant.answers.library import Library
from tests.web.conftest import CHROMIUM, PASSWORD, ask, served, visiting

LOOKS = {
    "light": {"color_scheme": "light", "viewport": {"width": 1200, "height": 900}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1200, "height": 900}},
    "phone": {"color_scheme": "light", "viewport": {"width": 390, "height": 844}},
}
DOCUMENT = "/documents/napha-2026-04-14-horing-nou-2026-1"


def main():
    out = Path(sys.argv[1] if len(sys.argv) > 1 else "screenshots")
    out.mkdir(parents=True, exist_ok=True)
    settings = Settings(editor_password=PASSWORD)
    library = Library(settings, Assistant.from_settings(settings))
    with served(library, out) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for look, options in LOOKS.items():
            with visiting(browser, site, **options) as visitor:
                for name, page in views(visitor, site):
                    page.screenshot(path=out / f"{name}-{look}.png")
        browser.close()
    print(f"{len(list(out.glob('*.png')))} pictures in {out}")


def views(visitor, site):
    """Each view, ready to be taken."""
    page = visitor.new_page()
    page.goto(site)
    page.locator("#question textarea").wait_for()
    yield "start", page
    ask(page, "Hva sa ministeren om døgnplasser?")
    page.get_by_role("button", name="Endre spørsmålet").wait_for()
    yield "answer", page
    page.get_by_text("Avgrens søket").click()
    page.get_by_label("Dokument", exact=True).wait_for()
    yield "filters", page
    ask(page, "Hvor høy er Eiffeltårnet?")
    page.get_by_text("Fant ikke noe om dette").wait_for()
    yield "nothing-found", page
    page.get_by_role("tab", name="Evaluering").click()
    yield "evaluation", page
    reader = visitor.new_page()
    reader.goto(site + Path(DOCUMENT).as_posix())
    reader.get_by_label("Vis hvem som taler").check()
    yield "reader", reader
    reader.goto(f"{site}/api")
    yield "api", reader
    reader.goto(f"{site}/documents")
    yield "documents", reader
    reader.get_by_text("For redaktører").click()
    reader.get_by_label("Passord").fill(PASSWORD)
    reader.get_by_role("button", name="Logg inn").click()
    reader.get_by_role("button", name="Logg ut").wait_for()
    yield "documents-editor", reader
    reader.goto(f"{site}{DOCUMENT}/edit")
    yield "edit", reader


if __name__ == "__main__":
    main()
