/* <workbook-page>: saves the form in it when a field is left, with the form's own POST. What is not saved yet is kept in
   this tab alone (sessionStorage: nobody else at a shared device finds it), and comes back after a lost connection. */
const PATIENCE_MS = 20_000;
const NOT_WRITTEN = new Set(["edition", "sheet"]);

class WorkbookPage extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    if (!this.form) return;
    this.key = `workbook ${this.dataset.key}`;
    this.saved = this.text();
    this.queue = Promise.resolve();
    this.querySelector("[data-with-scripts]").hidden = false;

    this.bringBack();
    this.form.addEventListener("input", () => this.keep());
    this.form.addEventListener("change", () => this.save());
    this.form.addEventListener("submit", event => this.submitted(event));
    this.querySelector("[data-forget]").addEventListener("click", () => this.forgetAndReset());
    addEventListener("online", this);
  }

  disconnectedCallback() {
    removeEventListener("online", this);
  }

  handleEvent() {
    this.save();
  }

  // What is written

  entries() {
    return [...new FormData(this.form)].filter(([name, value]) => typeof value === "string" && !NOT_WRITTEN.has(name));
  }

  text() {
    return JSON.stringify(this.entries());
  }

  get isDirty() {
    return this.text() !== this.saved;
  }

  // What this tab keeps

  keep() {
    const kept = { edition: this.form.elements.edition.value, entries: this.entries() };
    this.store(() => sessionStorage.setItem(this.key, JSON.stringify(kept)));
  }

  forget() {
    this.store(() => sessionStorage.removeItem(this.key));
  }

  forgetAndReset() {
    this.forget();
    this.form.reset();
    this.form.querySelector("textarea, input:not([type=hidden])")?.focus();
  }

  /* A page that shows what was saved since is newer than what this tab kept, unless that was never sent. */
  bringBack() {
    const kept = this.store(() => JSON.parse(sessionStorage.getItem(this.key)));
    if (!kept || !Array.isArray(kept.entries)) return;
    if (JSON.stringify(kept.entries) === this.saved) return this.forget();
    if (kept.edition !== this.form.elements.edition.value) return;
    for (const [name, value] of kept.entries) this.putBack(name, value);
    this.say(this.dataset.back);
  }

  putBack(name, value) {
    for (const field of this.form.querySelectorAll(`[name="${CSS.escape(name)}"]:not([type=hidden])`)) {
      if (field.type === "radio") field.checked = field.value === value;
      else field.value = value;
    }
  }

  /* A browser may keep nothing for this site, or be full: then nothing is kept, and everything else works. */
  store(action) {
    try {
      return action();
    } catch {
      return undefined;
    }
  }

  // Saving

  /* One after the other. Resolves to "saved", "offline" or "refused". */
  save() {
    this.queue = this.queue.then(() => this.isDirty && !this.isStopped ? this.send() : "saved");
    return this.queue;
  }

  async send() {
    const sent = this.text();
    let response;
    try {
      response = await this.post();
    } catch {
      this.say(this.dataset.offline);
      return "offline";
    }
    const answer = await response.json().catch(() => null);
    if (response.ok && answer && !answer.two) return this.confirmed(sent, answer);
    this.isStopped = answer?.two ?? false;
    this.say(answer?.two ? this.dataset.two : answer?.words || this.dataset.shut);
    return "refused";
  }

  post() {
    const body = new URLSearchParams(new FormData(this.form));
    const headers = { Accept: "application/json" };
    return fetch(this.form.action, { method: "POST", body, headers, signal: AbortSignal.timeout(PATIENCE_MS) });
  }

  confirmed(sent, answer) {
    this.form.elements.edition.value = answer.edition;
    this.saved = sent;
    if (this.isDirty) this.keep();
    else this.forget();
    this.say(answer.words);
    return "saved";
  }

  /* By button: as without scripts, but a lost connection leaves the page and what was typed where they are. */
  async submitted(event) {
    if (this.isLeaving) return;
    event.preventDefault();
    const outcome = await this.save();
    if (outcome === "offline") return;
    this.isLeaving = true;
    this.form.requestSubmit(event.submitter ?? undefined);
    if (outcome === "saved") this.forget();
  }

  say(words) {
    const state = this.querySelector("[data-state]");
    if (words && state.textContent !== words) state.textContent = words;
  }
}

customElements.define("workbook-page", WorkbookPage);
