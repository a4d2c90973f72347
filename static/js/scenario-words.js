/* <scenario-words data-key>: what somebody writes about a situation, and which answer they chose, stays in this tab alone
   (sessionStorage). <scenario-said data-key data-mine> on the next page shows it back to them, and nobody else. */
function keyOf(element) {
  return `situation ${element.dataset.key}`;
}

function kept(element) {
  try {
    return JSON.parse(sessionStorage.getItem(keyOf(element))) ?? {};
  } catch {
    return {};
  }
}

class ScenarioWords extends HTMLElement {
  connectedCallback() {
    this.fields = [...this.querySelectorAll("textarea")];
    const said = this.querySelector("[data-with-scripts]");
    if (said) said.textContent = said.dataset.withScripts;

    const { words = [] } = kept(this);
    this.fields.forEach((field, place) => { field.value ||= words[place] ?? ""; });
    this.addEventListener("input", () => this.keep());
    this.addEventListener("change", () => this.keep());
  }

  keep() {
    const near = this.querySelector("[name=near]:checked")?.value ?? "";
    const words = this.fields.map(field => field.value);
    try {
      sessionStorage.setItem(keyOf(this), JSON.stringify({ words, near }));
    } catch {
      // A browser that stores nothing: the words stay on this page, as without scripts.
    }
  }
}

class ScenarioSaid extends HTMLElement {
  connectedCallback() {
    const { words = [], near = "" } = kept(this);
    const said = words.map(text => text.trim()).filter(Boolean);
    if (said.length) {
      this.querySelector("blockquote").textContent = said.join("\n\n");
      this.querySelector("section").hidden = false;
    }
    if (near) this.mark(near);
  }

  mark(near) {
    const lines = [...document.querySelectorAll(".spread [data-places]")];
    const line = lines.find(one => one.dataset.places.split(" ").includes(near));
    if (!line || line.querySelector(".mine")) return;
    line.dataset.mine = "";
    const mine = document.createElement("span");
    mine.className = "mine";
    mine.textContent = this.dataset.mine;
    line.querySelector(".spread__head > span").append(" ", mine);
  }
}

customElements.define("scenario-words", ScenarioWords);
// When the spread is there, wherever it stands.
addEventListener("DOMContentLoaded", () => customElements.define("scenario-said", ScenarioSaid), { once: true });
