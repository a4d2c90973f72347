"""Where every page is looked at: one page that stays, with axe in it, and takes on what others show.

A browser that meets a page for the first time has to begin with everything anew, above all with axe; this one is warm.
It also runs axe for those whose own scripts are switched off.
"""

from playwright.sync_api import Browser, Page

from tests.browser.checks import AXE, NARROW

ADDRESS = "/mirror/"

# What somebody has typed and ticked is no attribute until it is made one; scripts have done their work already.
SHOWN = """isPlain => {
    const FIELDS = "input, option, textarea";
    const html = document.implementation.createHTMLDocument().importNode(document.documentElement, true);
    const copies = html.querySelectorAll(FIELDS);
    document.querySelectorAll(FIELDS).forEach((field, index) => {
        const copy = copies[index];
        if (field.matches("option")) copy.toggleAttribute("selected", field.selected);
        else if (field.matches("textarea")) copy.textContent = field.value;
        else if (["checkbox", "radio"].includes(field.type)) copy.toggleAttribute("checked", field.checked);
        else if (field.type !== "file") copy.setAttribute("value", field.value);
    });
    html.querySelectorAll("script").forEach(script => script.remove());
    html.querySelectorAll("noscript").forEach(other => other.replaceWith(...isPlain ? other.childNodes : []));
    return html.outerHTML;
}"""

# What stands in a head has effects that outlive it unless it is taken out; nothing is left that could be laid out anew.
CLEAR = "document.head.replaceChildren(), document.body.replaceChildren()"

SHOW = """([html, address]) => new Promise(done => {
    history.replaceState(null, "", address);
    document.open();
    addEventListener("load", () => done(), { once: true });
    document.write("<!doctype html>" + html);
    document.close();
})"""


class Mirror:
    def __init__(self, browser: Browser, site: str) -> None:
        self.page = browser.new_page(reduced_motion="reduce", viewport=NARROW)
        blank = {"body": "<!doctype html>", "content_type": "text/html; charset=utf-8"}
        self.page.route(f"**{ADDRESS}", lambda route: route.fulfill(**blank), times=1)
        self.page.goto(site + ADDRESS)
        self.page.evaluate(AXE.axe_script)

    def reflect(self, page: Page, *, is_plain: bool) -> Page:
        """The same elements in the same state at the same address, as narrow as a phone and light."""
        html = page.evaluate(SHOWN, is_plain)
        self.page.evaluate(CLEAR)
        self.page.set_viewport_size(NARROW)
        self.page.emulate_media(color_scheme="light")
        self.page.evaluate(SHOW, [html, page.url])
        return self.page
