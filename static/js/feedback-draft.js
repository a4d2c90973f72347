/* <feedback-draft>: keeps what is typed and ticked in the form in it on this device alone, and brings it back. Nothing is
   sent before the button. With data-sent the form is in: what was kept goes. The key is a hash of the form's address,
   so that the link itself is not kept. */
class FeedbackDraft extends HTMLElement {
  async connectedCallback() {
    this.key = await keyOf(this.dataset.path);
    if (!this.key) return;
    if (this.hasAttribute("data-sent")) {
      this.store(() => localStorage.removeItem(this.key));
      return;
    }
    this.form = this.querySelector("form");
    this.bringBack();
    this.form.addEventListener("input", () => this.keep());
    this.querySelector("[data-forget]").addEventListener("click", () => this.forget());
    if (this.store(() => localStorage.setItem(`${this.key}-`, "")) === undefined) return;
    this.store(() => localStorage.removeItem(`${this.key}-`));
    this.querySelector("[data-with-scripts]").hidden = false;
  }

  keep() {
    const given = [...new FormData(this.form)].filter(([, value]) => typeof value === "string");
    this.store(() => localStorage.setItem(this.key, JSON.stringify(given)));
  }

  /* A page that comes back with mistakes has everything that was typed already. */
  bringBack() {
    if (this.hasAttribute("data-typed")) return this.keep();
    const kept = this.store(() => JSON.parse(localStorage.getItem(this.key)));
    if (!Array.isArray(kept)) return;
    for (const [name, value] of kept) this.putBack(name, value);
    this.querySelector("[data-back]").hidden = false;
  }

  putBack(name, value) {
    for (const field of this.form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (field.type === "radio" || field.type === "checkbox") field.checked ||= field.value === value;
      else field.value = value;
    }
  }

  forget() {
    this.store(() => localStorage.removeItem(this.key));
    this.form.reset();
    this.querySelector("[data-back]").hidden = true;
  }

  /* A browser may keep nothing for this site, or be full: then there is no draft, and everything else works. */
  store(action) {
    try {
      return action() ?? true;
    } catch {
      return undefined;
    }
  }
}

async function keyOf(path) {
  const bytes = await crypto.subtle?.digest("SHA-256", new TextEncoder().encode(path));
  return bytes && `feedback-${[...new Uint8Array(bytes)].map(byte => byte.toString(16).padStart(2, "0")).join("")}`;
}

customElements.define("feedback-draft", FeedbackDraft);
