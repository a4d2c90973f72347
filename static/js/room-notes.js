/* <room-notes>: saves the form in it when a field is left and every so often, with the form's own POST. What is not saved
   yet is copied to this device, under a key of this page alone, and is brought back after a lost connection. */
const EVERY_MS = 15_000;
const PATIENCE_MS = 20_000;
const A_MOMENT_MS = 1_000;
const PARTS = ["came_up", "helped", "asks", "sentence"];

class RoomNotes extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.key = `${this.dataset.key}${Math.random().toString(36).slice(2)}`;
    this.saved = this.hasAttribute("data-unsaved") ? {} : this.texts("defaultValue");
    this.inDoubt = [];
    this.queue = Promise.resolve();
    this.querySelector("[data-with-scripts]").hidden = false;

    this.bringBack();
    this.form.addEventListener("input", () => this.keep());
    this.form.addEventListener("change", () => this.save());
    this.form.addEventListener("submit", event => this.submitted(event));
    addEventListener("online", this);
    document.addEventListener("visibilitychange", this);
    this.timers = [setInterval(() => this.save(), EVERY_MS)];
    this.atTime(this.dataset.nudgeAt, () => this.nudge());
    this.atTime(this.dataset.endsAt, () => this.note.hidden = true);
  }

  disconnectedCallback() {
    removeEventListener("online", this);
    document.removeEventListener("visibilitychange", this);
    this.timers.forEach(timer => clearTimeout(timer));
  }

  /* A browser may say that it is back a moment before its requests get through. */
  async handleEvent() {
    if (await this.save() === "offline") this.timers.push(setTimeout(() => this.save(), A_MOMENT_MS));
  }

  // The texts

  texts(property = "value") {
    return Object.fromEntries(PARTS.map(part => [part, this.form.elements[part][property]]));
  }

  get version() {
    return Number(this.form.elements.version.value) || 0;
  }

  get isDirty() {
    return !same(this.texts(), this.saved);
  }

  // The copy on this device

  keep() {
    const copy = { version: this.version, texts: this.texts(), at: Date.now() };
    this.store(() => localStorage.setItem(this.key, JSON.stringify(copy)));
  }

  forget(key = this.key) {
    this.store(() => localStorage.removeItem(key));
  }

  /* A browser may keep nothing for this site, or be full: then there is no copy, and everything else works. */
  store(action) {
    try {
      return action();
    } catch {
      return undefined;
    }
  }

  copies() {
    const keys = this.store(() => Object.keys(localStorage)) ?? [];
    const found = keys.filter(key => key.startsWith(this.dataset.key)).map(key => ({ key, ...this.read(key) }));
    return found.filter(copy => copy.texts).sort((one, other) => other.at - one.at);
  }

  read(key) {
    return this.store(() => JSON.parse(localStorage.getItem(key)));
  }

  bringBack() {
    const [lost, known] = parted(this.copies(), copy => !same(copy.texts, this.texts()));
    known.forEach(copy => this.forget(copy.key));
    if (lost.length && lost[0].version === this.version && !this.isDirty) this.putBack(lost.shift());
    else if (this.isDirty) this.keep();
    lost.forEach(copy => this.offer(copy));
  }

  putBack(copy) {
    PARTS.forEach(part => this.form.elements[part].value = copy.texts[part]);
    this.forget(copy.key);
    this.keep();
    this.say(this.dataset.back);
  }

  offer(copy) {
    const article = this.querySelector("template").content.cloneNode(true).firstElementChild;
    const differing = PARTS.filter(part => copy.texts[part].trim() && copy.texts[part] !== this.texts()[part]);
    differing.forEach(part => article.querySelector("dl").append(this.row(part, copy.texts[part])));
    article.querySelector("[data-add]").addEventListener("click", () => this.add(copy, differing, article));
    article.querySelector("[data-drop]").addEventListener("click", () => this.drop(copy, article));
    this.section.hidden = false;
    this.section.append(article);
  }

  row(part, text) {
    const row = document.createElement("div");
    const [term, words] = [document.createElement("dt"), document.createElement("dd")];
    term.textContent = this.form.elements[part].labels[0].firstChild.textContent;
    words.className = "notes__text";
    words.textContent = text;
    row.append(term, words);
    return row;
  }

  add(copy, parts, article) {
    for (const part of parts) {
      const field = this.form.elements[part];
      const between = part === "sentence" ? " " : "\n";
      field.value = [field.value, copy.texts[part]].filter(Boolean).join(between);
    }
    this.keep();
    this.drop(copy, article);
    this.save();
  }

  drop(copy, article) {
    this.forget(copy.key);
    article.remove();
    this.section.hidden = !this.section.querySelector("article");
    this.form.elements[PARTS[0]].focus();
  }

  get section() {
    return this.querySelector("[data-copies]");
  }

  // Saving

  /* One after the other. Resolves to "saved", "offline" or "refused". */
  save(button = null) {
    this.queue = this.queue.then(() => button || this.isDirty && !this.isOvertaken ? this.send(button) : "saved");
    return this.queue;
  }

  async send(button) {
    const texts = this.texts();
    this.inDoubt.push(texts);
    try {
      const response = await this.post(button);
      const answer = await response.json();
      if (response.ok) return this.confirmed(texts, answer);
      if (response.status === 409) return await this.overtaken(answer, button);
      this.inDoubt.pop();
      this.say(answer.words);
      return "refused";
    } catch {
      this.say(this.dataset.failed);
      return "offline";
    }
  }

  post(button) {
    const body = new URLSearchParams(new FormData(this.form));
    if (button) body.set(button.name, button.value);
    const headers = { Accept: "application/json" };
    return fetch(this.form.action, { method: "POST", body, headers, signal: AbortSignal.timeout(PATIENCE_MS) });
  }

  confirmed(texts, answer) {
    this.form.elements.version.value = answer.version;
    this.saved = texts;
    this.inDoubt = [];
    if (this.isDirty) this.keep();
    else this.forget();
    this.say(answer.words);
    return "saved";
  }

  /* What is saved may be what this page sent itself, when the answer got lost on its way. */
  overtaken(answer, button) {
    this.inDoubt.pop();
    if (this.inDoubt.some(texts => same(texts, answer.texts))) {
      this.inDoubt = [];
      this.form.elements.version.value = answer.version;
      return this.send(button);
    }
    this.isOvertaken = true;
    this.say(this.dataset.overtaken);
    return "refused";
  }

  /* By button: as without scripts, but a lost connection leaves the page and what was typed where they are. */
  async submitted(event) {
    if (this.isLeaving) return;
    event.preventDefault();
    const button = event.submitter ?? this.form.querySelector("[name=save]");
    const outcome = await this.save(button);
    if (outcome === "refused") this.leave(() => this.form.requestSubmit(button));
    if (outcome === "saved" && button.name === "finish") {
      this.copies().forEach(copy => this.forget(copy.key));
      this.leave(() => location.reload());
    }
  }

  leave(go) {
    this.isLeaving = true;
    go();
  }

  // What is said

  say(words) {
    const state = this.querySelector("[data-state]");
    if (state.textContent !== words) state.textContent = words;
  }

  get note() {
    return this.querySelector("[data-nudge-note]");
  }

  nudge() {
    if (!this.note.hidden) return;
    this.note.hidden = false;
    this.querySelector("[data-said]").textContent = this.dataset.nudge;
  }

  atTime(moment, action) {
    const wait = new Date(moment ?? "") - Date.now();
    // A browser's timer holds 24 days.
    if (wait >= 0 && wait < 2 ** 31) this.timers.push(setTimeout(action, wait));
  }
}

/* As the hub keeps them: without blanks at the ends, in composed form. */
function same(one, other) {
  const plain = text => (text ?? "").replaceAll("\r\n", "\n").trim().normalize("NFC");
  return PARTS.every(part => plain(one[part]) === plain(other[part]));
}

function parted(list, holds) {
  return [list.filter(holds), list.filter(entry => !holds(entry))];
}

customElements.define("room-notes", RoomNotes);
