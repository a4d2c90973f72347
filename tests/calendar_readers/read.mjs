// What a library makes of a calendar: node read.mjs ical.js|node-ical < feed.ics
import { readFileSync } from "node:fs";

const text = readFileSync(0, "utf8");
const readers = {
  async "ical.js"() {
    const { default: ICAL } = await import("ical.js");
    const calendar = new ICAL.Component(ICAL.parse(text));
    for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
    return calendar.getAllSubcomponents("vevent").map((part) => {
      const event = new ICAL.Event(part);
      const status = part.getFirstPropertyValue("status");
      return [event.uid, event.summary, event.sequence, status, event.startDate.toJSDate(), event.endDate.toJSDate()];
    });
  },
  async "node-ical"() {
    const { default: ical } = await import("node-ical");
    return Object.values(ical.sync.parseICS(text))
      .filter((part) => part.type === "VEVENT")
      .map((part) => [part.uid, part.summary, Number(part.sequence), part.status, part.start, part.end]);
  },
};
const rows = await readers[process.argv[2]]();
console.log(JSON.stringify(rows.map((row) => row.map((value) => (value instanceof Date ? value.toISOString() : value)))));
