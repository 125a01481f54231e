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
const LETTERS = 30;
export const WIDE = 640; // pixels from which there is room for all actors

export class Links {
  private readonly svg = element("svg", { class: "over", "aria-hidden": "true" });
  private chosen: number | null = null;

  constructor(
    private readonly atlas: Atlas,
    private readonly places: Places,
  ) {
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
    shown.forEach(({ name, actor }, row) => {
      const y = 26 + row * gap;
      const words = name.length > LETTERS ? `${name.slice(0, LETTERS - 1)}…` : name;
      names.push(text(words, 12, y + 4, "actor"));
      const start = 18 + words.length * 6.4;
      for (const [who, area, , acting] of this.places.ties) {
        const to = points[area];
        if (who !== actor || !to) continue;
        const d = `M ${start} ${y} C ${start + 60} ${y}, ${to.x - 80} ${to.y}, ${to.x} ${to.y}`;
        lines.push(element("path", { class: `tie ${acting ? "acting" : "acted"}`, d }));
      }
    });
    this.places.areas.forEach((area, number) => {
      const at = points[number];
      if (!at || !NAMED.includes(area.precision)) return;
      const name = text(`${area.name.split(",")[0]} (${area.events})`, at.x, at.y - 12, "name");
      name.setAttribute("text-anchor", "middle");
      names.push(name);
    });
    this.svg.replaceChildren(...lines, ...names);
  }
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
