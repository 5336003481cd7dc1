"""A real browser: ask, follow a source, see the words highlighted, copy, narrow, come back."""

import json

import pytest

from assistant.answers.feedback import stored
from tests.web.conftest import ask, visiting

pytestmark = pytest.mark.filterwarnings("default")


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Hva sa ministeren om døgnplasser?", "klart å bremse nedgangen i døgnkapasitet"),
        ("What did the minister say about day-bed capacity?", "430 flere plasser frem mot 2040"),
    ],
)
def test_ask_click_a_source_see_the_words(page, question, words):
    ask(page, question)
    card = page.locator(".quote", has_text=words)
    card.wait_for()
    # The pieces of an answer are drawn within a tenth of a second or two; a program clicks faster than that.
    page.get_by_role("button", name="Endre spørsmålet").wait_for()
    shown = card.locator(".said").inner_text()
    with page.expect_popup() as opened:
        card.get_by_role("link").click()
    reader = opened.value
    highlighted = reader.locator("mark")
    highlighted.wait_for()
    assert highlighted.inner_text() == shown.strip("«»")
    assert highlighted.is_visible()
    box, window = highlighted.bounding_box(), reader.viewport_size
    assert 0 <= box["y"] < window["height"]


def test_nothing_that_the_page_asks_for_is_missing(browser, site):
    with visiting(browser, site) as visitor:
        page = visitor.new_page()
        errors = []
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.goto(site)
        ask(page, "Hva mener NAPHA om lovkrav?")
        page.locator(".receipt").wait_for()
    assert errors == []


def test_a_question_is_shown_as_text(page):
    ask(page, "<img src=x onerror=alert(1)> **hei**")
    page.locator(".answer").wait_for()
    assert "<img src=x onerror=alert(1)> **hei**" in page.locator("#conversation").inner_text()


def test_a_follow_up_shows_what_it_took_over_and_can_be_asked_without(page):
    ask(page, "Hva mener Mental Helse om kompetansekrav?")
    page.locator(".quote").first.wait_for()
    ask(page, "Og hva sier NAPHA?")
    page.get_by_text("Forstått som: NAPHA · kompetansekrav").wait_for()
    page.get_by_role("button", name="Spør uten det som ble sagt før").click()
    page.locator(".answer").nth(2).wait_for()
    assert page.get_by_text("Forstått som:").count() == 1


def test_a_verdict_is_kept_for_the_evaluators(page, kept):
    ask(page, "Hva mener NAPHA om lovkrav?")
    page.locator(".quote").first.wait_for()
    page.get_by_role("button", name="Liker ikke").last.click()
    page.get_by_text("Takk. Tilbakemeldingen er lagret").wait_for()
    (feedback,) = stored(kept)
    assert (feedback.turns, feedback.helpful) == (("Hva mener NAPHA om lovkrav?",), False)


def test_an_evaluator_runs_a_set_and_reads_the_report(page, tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("name: mine\ncases:\n  - id: one\n    question: Hva sa ministeren om døgnplasser?\n", "utf-8")
    page.get_by_role("tab", name="Evaluering").click()
    page.locator("#own-set input[type=file]").set_input_files(path)
    page.get_by_text("mine.yaml").first.wait_for()
    page.get_by_role("button", name="Kjør").click()
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Åpne rapporten").click()
    report = opened.value
    report.get_by_text("✓ Hva sa ministeren om døgnplasser?").click()
    assert report.locator("mark").first.is_visible()


def test_a_copied_quote_is_ready_to_print(page, site, assistant):
    ask(page, "Hva mener NAPHA om lovkrav?")
    card = page.locator(".quote").first
    card.get_by_role("button", name="Kopier sitat").click()
    page.get_by_role("button", name="Kopiert").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    quote = assistant.ask("Hva mener NAPHA om lovkrav?").quotes[0]
    assert copied.startswith(quote.marked)
    assert "NAPHA" in copied
    assert "14. april 2026" in copied
    assert copied.endswith(f"{site}{quote.address}")
    rich = page.evaluate("navigator.clipboard.read().then((all) => all[0].getType('text/html')).then((b) => b.text())")
    assert f'href="{site}{quote.address.replace("&", "&amp;")}"' in rich


def test_an_actor_that_was_understood_can_be_taken_away(page):
    ask(page, "Hva sa ministeren om døgnplasser?")
    page.locator(".group.own").first.wait_for()
    page.get_by_role("button", name="✕ Jan Christian Vestre").click()
    page.get_by_text("Dette sier dokumentene:").wait_for()


def test_thanks_offer_nothing_to_take_away(page):
    ask(page, "Hva sa ministeren om døgnplasser?")
    page.get_by_role("button", name="✕ Jan Christian Vestre").wait_for()
    ask(page, "Takk!")
    page.get_by_text("Spør gjerne: om hva noen har sagt").wait_for()
    page.get_by_role("button", name="✕ Jan Christian Vestre").wait_for(state="detached")
    assert page.locator(".answer").last.locator(".quote").count() == 0


def test_a_filter_narrows_the_search_and_the_answer_says_so(page):
    page.get_by_text("Avgrens søket").click()
    page.get_by_label("Dokument", exact=True).click()
    page.get_by_role("option", name="Innspillsdokument").click()
    ask(page, "Hva sies om døgnplasser?")
    page.get_by_text("Filtre: Innspillsdokument").wait_for()
    page.get_by_text("Søkt i 1 dokument").wait_for()


def test_another_language_is_one_click_away_and_remembered(page, site):
    page.get_by_role("link", name="English").click()
    page.get_by_label("What do you want to know?").wait_for()
    page.goto(f"{site}/documents")
    assert page.locator("h1").inner_text() == "Documents"
    page.goto(site)
    page.get_by_label("What do you want to know?").wait_for()


def test_a_reload_keeps_the_conversation_and_its_links(page):
    ask(page, "Hva mener NAPHA om lovkrav?")
    page.get_by_role("button", name="Endre spørsmålet").wait_for()
    before = [link.get_attribute("href") for link in page.locator(".quote a").all()]
    page.reload()
    page.locator(".quote").first.wait_for()
    assert [link.get_attribute("href") for link in page.locator(".quote a").all()] == before
    assert len(before) > 0


def test_a_new_conversation_leaves_nothing_of_the_one_before(page):
    ask(page, "Hva mener NAPHA om lovkrav?")
    page.locator(".answer .quote").first.wait_for()
    # Gradio's own wastebasket would leave what the browser keeps.
    assert not page.get_by_role("button", name="Tøm samtalen").is_visible()
    page.get_by_role("button", name="Ny samtale").click()
    page.locator(".asked").wait_for(state="detached")
    page.reload()
    ask(page, "Hva mener Mental Helse om DPS?")
    page.locator(".answer .quote").first.wait_for()
    assert page.locator(".asked").all_inner_texts() == ["Hva mener Mental Helse om DPS?"]


def test_a_question_goes_back_into_its_box(page):
    ask(page, "Hva mener NAPHA om lovkrav?")
    page.get_by_role("button", name="Endre spørsmålet").click()
    page.locator(".asked").wait_for(state="detached")
    assert page.locator("#question textarea").input_value() == "Hva mener NAPHA om lovkrav?"


def test_two_visitors_never_see_each_others_questions(browser, site):
    with visiting(browser, site) as one, visiting(browser, site) as other:
        pages = [one.new_page(), other.new_page()]
        asked = ("Hva mener NAPHA om lovkrav?", "Hva sa ministeren om døgnplasser?")
        for page in pages:
            page.goto(site)
        for page, question in zip(pages, asked, strict=True):
            ask(page, question)
        for page, question in zip(pages, asked, strict=True):
            page.get_by_role("button", name="Endre spørsmålet").wait_for()
            assert [shown.inner_text() for shown in page.locator(".asked").all()] == [question]
        assert "Vestre" not in pages[0].locator("#conversation h3").first.inner_text()
        assert "Vestre" in pages[1].locator("#conversation h3").first.inner_text()


def test_the_page_fits_a_phone(browser, site):
    with visiting(browser, site, viewport={"width": 390, "height": 844}) as visitor:
        page = visitor.new_page()
        page.goto(site)
        ask(page, "Hva mener NAPHA om lovkrav?")
        page.locator(".quote").first.wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        box = page.locator(".quote").first.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390


def test_the_reader_needs_no_javascript(browser, site, assistant):
    quote = assistant.ask("Hva sa ministeren om døgnplasser?").quotes[0]
    with visiting(browser, site, java_script_enabled=False) as visitor:
        page = visitor.new_page()
        page.goto(f"{site}{quote.address}")
        assert page.locator("mark").inner_text() == quote.text
        assert page.locator(".quoted").first.evaluate("e => getComputedStyle(e).backgroundColor") == "rgba(0, 0, 0, 0)"
        page.get_by_label("Vis hvem som taler").check()
        assert (
            page.locator(".reported").nth(1).evaluate("e => getComputedStyle(e).backgroundColor") != "rgba(0, 0, 0, 0)"
        )


def test_the_reader_leads_from_quote_to_quote_and_copies_what_is_selected(page, site):
    ask(page, "Hva sa ministeren om døgnplasser?")
    said = page.locator(".quote .said")
    page.get_by_role("button", name="Endre spørsmålet").wait_for()
    second = said.nth(1).inner_text().strip("«»")
    with page.expect_popup() as opened:
        page.locator(".quote a").first.click()
    reader = opened.value
    reader.get_by_role("link", name="Neste sitat i svaret").click()
    assert reader.locator("mark").inner_text() == second
    reader.locator("mark").evaluate("e => getSelection().selectAllChildren(e)")
    reader.get_by_role("button", name="Kopier lenke til det merkede").click()
    reader.get_by_role("button", name="Kopiert").wait_for()
    address = reader.evaluate("navigator.clipboard.readText()")
    reader.goto(address)
    assert reader.locator("mark").inner_text() == second


def test_the_keyboard_alone_leads_to_the_source(page):
    def go_to(selector):
        for _ in range(80):
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
            page.keyboard.press("Shift+Tab" if selector.startswith(".quote") else "Tab")
        raise AssertionError(f"{selector} can't be reached")

    page.locator("#question textarea").wait_for()
    go_to("#question textarea")
    page.keyboard.type("Hva mener NAPHA om lovkrav?")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Endre spørsmålet").wait_for()
    go_to(".quote footer a")
    with page.expect_popup() as opened:
        page.keyboard.press("Enter")
    assert "lovkrav" in opened.value.locator("mark").inner_text().lower()


@pytest.mark.parametrize("path", ["/", "/documents", "/documents/napha-2026-04-14-horing-nou-2026-1", "/api"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_barrier(browser, site, path, scheme):
    from axe_playwright_python.sync_playwright import Axe

    with visiting(browser, site, color_scheme=scheme) as visitor:
        page = visitor.new_page()
        page.goto(f"{site}{path}")
        if path == "/":
            ask(page, "Hva mener NAPHA om lovkrav?")
            page.get_by_role("button", name="Endre spørsmålet").wait_for()
        found = Axe().run(page).response["violations"]
        serious = {
            v["id"]: [n["html"][:120] for n in v["nodes"]] for v in found if v["impact"] in ("serious", "critical")
        }
        assert serious == {}, json.dumps(serious, indent=1)
