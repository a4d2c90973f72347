/* <local-time data-words="that is {time} in {place} …"><time datetime="2020-05-03T15:00+01:00">…</time></local-time>:
   where the device's clock shows something else than the words on the page, a second line says what.
   Browsers keep some names of cities that the people there have given up. */
const NAMES_TODAY = {
  Asmera: "Asmara",
  Calcutta: "Kolkata",
  Faeroe: "Faroe",
  Godthab: "Nuuk",
  Katmandu: "Kathmandu",
  Kiev: "Kyiv",
  Ponape: "Pohnpei",
  Rangoon: "Yangon",
  Saigon: "Ho Chi Minh City",
  Truk: "Chuuk",
};

class LocalTime extends HTMLElement {
  connectedCallback() {
    const written = this.querySelector("time")?.dateTime ?? "";
    const at = new Date(written);
    if (Number.isNaN(at.getTime()) || this.querySelector("small")) return;
    if (this.minutesEast(written) === -at.getTimezoneOffset()) return;

    this.append(this.line(at, written));
  }

  minutesEast(written) {
    const [, sign, hours, minutes] = written.match(/([+-])(\d\d):?(\d\d)$/) ?? ["", "+", "0", "0"];
    return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  }

  line(at, written) {
    const city = Intl.DateTimeFormat().resolvedOptions().timeZone.split("/").pop();
    const place = NAMES_TODAY[city] ?? city.replaceAll("_", " ");
    const line = document.createElement("small");
    line.textContent = this.dataset.words.replace("{time}", this.words(at, written)).replace("{place}", place);
    return line;
  }

  words(at, written) {
    const language = document.documentElement.lang;
    const sameDay = at.getDate() === Number(written.slice(8, 10));
    return at.toLocaleString(language, {
      ...(sameDay ? {} : { weekday: "long", day: "numeric", month: "long" }),
      hour: "numeric",
      minute: "2-digit",
      ...(language.startsWith("en") ? { hour12: true } : {}),
    });
  }
}

customElements.define("local-time", LocalTime);
