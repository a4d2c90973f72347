/* <copy-field data-button data-done data-failed><input readonly></copy-field>: adds a button that copies what stands in
   the input, or in a textarea. */
class CopyField extends HTMLElement {
  connectedCallback() {
    if (this.querySelector("button")) return;

    this.input = this.querySelector("input, textarea");
    this.status = Object.assign(document.createElement("p"), { role: "status" });
    this.append(this.button(), this.status);
  }

  button() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn--line btn--small";
    button.textContent = this.dataset.button;
    // Of several on a page each says what it copies.
    const label = this.input.labels[0]?.textContent.trim();
    if (label) button.setAttribute("aria-label", `${this.dataset.button}: ${label}`);
    button.addEventListener("click", () => this.copy());
    return button;
  }

  async copy() {
    this.input.select();
    try {
      await navigator.clipboard.writeText(this.input.value);
      this.status.textContent = this.dataset.done;
    } catch {
      this.status.textContent = this.dataset.failed;
    }
  }
}

customElements.define("copy-field", CopyField);
