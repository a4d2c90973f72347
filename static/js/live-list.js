/* <live-list data-pause data-go-on> around a list that htmx looks at again by itself: adds a button that pauses it, as
   long as this window is open. What has the keyboard keeps it, and a list that says the same as before is left alone,
   with whoever reads it. */
const PAUSED = "lists-paused";

class LiveList extends HTMLElement {
  connectedCallback() {
    if (this.button) return;

    this.list = this.querySelector("[hx-get]");
    this.list.tabIndex = -1;
    this.append(this.makeButton());
    this.addEventListener("htmx:beforeRequest", (event) => this.isPaused && event.preventDefault());
    this.addEventListener("htmx:beforeSwap", (event) => this.beforeSwap(event));
    this.addEventListener("htmx:afterSwap", () => this.giveFocusBack());
  }

  makeButton() {
    this.button = document.createElement("button");
    this.button.type = "button";
    this.button.className = "btn btn--line btn--small";
    this.button.addEventListener("click", () => this.turn());
    this.nameButton();
    return this.button;
  }

  get isPaused() {
    return sessionStorage.getItem(PAUSED) === "yes";
  }

  turn() {
    sessionStorage.setItem(PAUSED, this.isPaused ? "no" : "yes");
    this.nameButton();
  }

  nameButton() {
    this.button.textContent = this.isPaused ? this.dataset.goOn : this.dataset.pause;
  }

  beforeSwap(event) {
    const found = document.createElement("template");
    found.innerHTML = event.detail.xhr.responseText;
    const isSame = found.content.textContent.trim() === this.list.textContent.trim();
    // Paused while the answer was on its way: what is read now stays too.
    if (isSame || this.isPaused) event.detail.shouldSwap = false;
    const focused = document.activeElement;
    this.focused = this.list.contains(focused) ? focused : null;
  }

  giveFocusBack() {
    if (!this.focused || this.list.contains(document.activeElement)) return;

    // htmx itself goes on at what has the same id.
    const links = [...this.list.querySelectorAll("a[href]")];
    const again = links.find((link) => link.href === this.focused.href);
    (again ?? this.list).focus({ preventScroll: true });
  }
}

customElements.define("live-list", LiveList);
