/* <live-room data-url data-state>: asks every few seconds how it stands, and loads the page again when something else is to
   be shown. On the screen it counts down (data-left, seconds); screen readers are left alone with that: the page says
   until when. Without scripts there is a button to see how it stands. */
const EVERY_MS = 3_000;

class LiveRoom extends HTMLElement {
  connectedCallback() {
    this.phase = this.dataset.state.split("\n")[0];
    this.ends = this.dataset.state.split("\n")[2];
    this.clock = this.querySelector("[data-clock]");
    this.end = performance.now() + 1000 * Number(this.dataset.left ?? 0);
    this.whole = Math.max(Number(this.dataset.left ?? 0), 1);
    this.bar = this.querySelector(".count .bar rect");
    this.share = Number(this.bar?.getAttribute("width") ?? 0);
    this.querySelector("[data-without-scripts]")?.remove();
    if (this.clock) this.ticking = setInterval(() => this.tick(), 1000);
    if (this.phase !== "closed") this.askLater();
  }

  disconnectedCallback() {
    clearInterval(this.ticking);
    clearTimeout(this.waiting);
  }

  askLater() {
    // Not all phones in the same instant.
    this.waiting = setTimeout(() => this.ask(), EVERY_MS * (0.75 + Math.random() / 2));
  }

  async ask() {
    try {
      const answer = await fetch(this.dataset.url, { cache: "no-cache", credentials: "omit" });
      if (answer.ok) this.compare(await answer.text());
    } catch {
      // The connection is gone for a moment.
    }
    if (this.isConnected) this.askLater();
  }

  compare(text) {
    const [phase, , ends, howMany] = text.split("\n");
    if (phase !== this.phase || ends !== this.ends) location.reload();
    const place = this.querySelector("[data-how-many]");
    if (place && howMany && place.textContent !== howMany) place.textContent = howMany;
  }

  tick() {
    const left = Math.max(0, Math.round((this.end - performance.now()) / 1000));
    const { over, secondsLeft, minutesLeft } = this.dataset;
    const words = left === 0 ? over : left < 60 ? secondsLeft : minutesLeft;
    this.clock.textContent = words
      .replace("__minutes__", Math.floor(left / 60))
      .replace("__seconds__", left < 60 ? left : left % 60);
    this.bar?.setAttribute("width", ((this.share * left) / this.whole).toFixed(1));
  }
}

customElements.define("live-room", LiveRoom);
