// What stands over the map that moves: the names of places, and who acted where. Actors stand in a column at its side, for
// where they come from is not told; a line runs from each to every place where they acted, a dashed one to where they
// were acted on.
import type { Map as Atlas } from "maplibre-gl";

export interface Area {
  key: string;
  name: string;
  precision: string;
  lon: number;
  lat: number;
  km: number;
  events: number;
  disputed: number;
}

export interface Places {
  areas: Area[];
  actors: string[];
  ties: [actor: number, area: number, events: number, acting: boolean][];
}

const NAMED = ["site", "city", "district", "admin1"];
const LETTER = 6.6; // pixels of a letter of a name
const TALL = 14;
const DOT = 9; // pixels around a place that its own name leaves free
export const WIDE = 640; // pixels from which there is room for all actors

export class Links {
  private readonly svg = element("svg", { class: "over", "aria-hidden": "true" });
  private readonly ranked: { area: Area; number: number }[];
  private chosen: number | null = null;

  constructor(
    private readonly atlas: Atlas,
    private readonly places: Places,
  ) {
    this.ranked = places.areas
      .map((area, number) => ({ area, number }))
      .filter(({ area }) => NAMED.includes(area.precision))
      .sort((one, other) => other.area.events - one.area.events || (one.area.key < other.area.key ? -1 : 1));
    atlas.getContainer().append(this.svg);
    atlas.on("move", () => this.draw());
    atlas.on("resize", () => this.draw());
  }

  choose(actor: number | null): void {
    this.chosen = actor;
    this.draw();
  }

  draw(): void {
    const { clientWidth: width, clientHeight: height } = this.atlas.getContainer();
    const points = this.places.areas.map(({ lon, lat }) => this.atlas.project([lon, lat]));
    const shown = this.places.actors
      .map((name, actor) => ({ name, actor }))
      .filter(({ actor }) => (this.chosen === null ? width >= WIDE : actor === this.chosen));
    const gap = Math.min(40, (height - 30) / Math.max(1, shown.length));
    const lines: SVGElement[] = [];
    const names: SVGElement[] = [];
    const taken: Box[] = [{ left: width - 50, top: 0, right: width, bottom: 80 }]; // where the buttons are
    shown.forEach(({ name, actor }, row) => {
      const y = 26 + row * gap;
      names.push(text(name, 12, y + 4, "actor"));
      const start = 18 + name.length * 6.4;
      taken.push({ left: 0, top: y - 9, right: start, bottom: y + 9 });
      for (const [who, area, , acting] of this.places.ties) {
        const to = points[area];
        if (who !== actor || !to) continue;
        const d = `M ${start} ${y} C ${start + 60} ${y}, ${to.x - 80} ${to.y}, ${to.x} ${to.y}`;
        lines.push(element("path", { class: `tie ${acting ? "acting" : "acted"}`, d }));
      }
    });
    for (const { area, number } of this.ranked) {
      const at = points[number];
      if (!at) continue;
      const words = `${area.name.split(",")[0]} (${area.events})`;
      const spot = room(at.x, at.y, words.length * LETTER, taken, width, height);
      if (!spot) continue; // its name stands where the map is larger, and in the table
      const name = text(words, spot.x, spot.y, "name");
      name.setAttribute("text-anchor", "middle");
      names.push(name);
    }
    this.svg.replaceChildren(...lines, ...names);
  }
}

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Where a name of this width stands beside a place, by the middle of its foot: above, below, at a side, as in the server's
 * drawing. It is then taken. Nothing where it would stand on another name, or out of the map. */
function room(x: number, y: number, wide: number, taken: Box[], width: number, height: number): { x: number; y: number } | null {
  const aside = wide / 2 + DOT + 3;
  const [above, below, beside] = [y - DOT - 3, y + DOT + TALL - 3, y + 4];
  const spots = [
    [x, above], [x, below], [x + aside, beside], [x - aside, beside],
    [x + aside, above], [x - aside, above], [x + aside, below], [x - aside, below],
  ] as const;
  for (const [middle, foot] of spots) {
    const box = { left: middle - wide / 2, top: foot - TALL + 3, right: middle + wide / 2, bottom: foot + 3 };
    if (box.left < 0 || box.top < 0 || box.right > width || box.bottom > height) continue;
    if (taken.some((other) => meet(box, other))) continue;
    taken.push(box);
    return { x: middle, y: foot };
  }
  return null;
}

function meet(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

function text(words: string, x: number, y: number, name: string): SVGElement {
  const made = element("text", { x: x.toFixed(1), y: y.toFixed(1), class: name });
  made.textContent = words;
  return made;
}

function element(name: string, attributes: Record<string, string>): SVGElement {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
