/* <passkey-trouble data-message="…">: says so when allauth's script reports that a passkey did not work. */
class PasskeyTrouble extends HTMLElement {
  connectedCallback() {
    document.addEventListener("allauth.error", this);
  }

  disconnectedCallback() {
    document.removeEventListener("allauth.error", this);
  }

  handleEvent() {
    this.textContent = this.dataset.message;
  }
}

customElements.define("passkey-trouble", PasskeyTrouble);
