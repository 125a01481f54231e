// The map of a story that can be moved: the same areas as in the server's drawing, over land without borders. Where the
// browser has no WebGL the drawing stays.
import { Map as Atlas, NavigationControl, setWorkerUrl, type ExpressionSpecification, type GeoJSONSource, type StyleSpecification } from "maplibre-gl";
import type { Feature, FeatureCollection, Polygon } from "geojson";
import { Links, WIDE, type Area, type Places } from "./links";

const KM_A_DEGREE = 111.2;
const CORNERS = 64; // of a circle
const FINE = 3.5; // the zoom from which the finer land is asked for

/** A circle on the earth, as a polygon. */
function circle({ lon, lat, km }: Area): Polygon {
  const wide = km / (KM_A_DEGREE * Math.max(0.05, Math.cos((lat * Math.PI) / 180)));
  const ring = Array.from({ length: CORNERS + 1 }, (_, corner) => {
    const angle = (2 * Math.PI * (corner % CORNERS)) / CORNERS;
    return [lon + wide * Math.cos(angle), lat + (km / KM_A_DEGREE) * Math.sin(angle)];
  });
  return { type: "Polygon", coordinates: [ring] };
}

/** An address as the worker can ask for it. */
function whole(address: string | undefined): string {
  return new URL(address ?? "", location.href).href;
}

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

function features(places: Places, actor: number | null): FeatureCollection {
  const met = new Map<number, boolean>();
  for (const [who, area, , acting] of places.ties) if (who === actor) met.set(area, (met.get(area) ?? false) || acting);
  const found: Feature[] = places.areas.map((area, id) => ({
    type: "Feature",
    id,
    properties: {
      id,
      wide: ["country", "region", "unknown"].includes(area.precision),
      disputed: area.disputed > 0,
      met: actor === null || met.has(id),
    },
    geometry: circle(area),
  }));
  return { type: "FeatureCollection", features: found };
}

function style(box: HTMLElement, places: Places): StyleSpecification {
  const [accent, disputed] = [colour("accent"), colour("disputed")];
  return {
    version: 8,
    sources: {
      land: { type: "geojson", data: whole(box.dataset["land"]) },
      areas: { type: "geojson", data: features(places, null) },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": colour("sea") } },
      { id: "land", type: "fill", source: "land", paint: { "fill-color": colour("land"), "fill-antialias": false } },
      {
        id: "areas",
        type: "fill",
        source: "areas",
        paint: {
          "fill-color": ["case", ["get", "disputed"], disputed, accent],
          "fill-opacity": ["case", ["!", ["get", "met"]], 0.03, ["get", "wide"], 0.08, 0.3],
        },
      },
      {
        id: "edges",
        type: "line",
        source: "areas",
        paint: {
          "line-color": ["case", ["get", "disputed"], disputed, accent],
          "line-width": 1.5,
          "line-opacity": ["case", ["get", "met"], 1, 0.2],
          "line-dasharray": [3, 2],
        },
      },
    ],
  };
}

/** Puts the colours of the theme in force. */
function recolour(atlas: Atlas): void {
  const own: ExpressionSpecification = ["case", ["get", "disputed"], colour("disputed"), colour("accent")];
  atlas.setPaintProperty("sea", "background-color", colour("sea"));
  atlas.setPaintProperty("land", "fill-color", colour("land"));
  atlas.setPaintProperty("areas", "fill-color", own);
  atlas.setPaintProperty("edges", "line-color", own);
}

function begin(box: HTMLElement): void {
  const places = JSON.parse(box.dataset["places"] ?? "") as Places;
  const [west, south, east, north] = (box.dataset["box"] ?? "").split(",").map(Number) as [number, number, number, number];
  const drawn = document.querySelector<HTMLElement>("[data-drawn]");
  const tools = document.querySelector<HTMLElement>("[data-map-tools]");
  const told = document.querySelector<HTMLElement>("[data-map-told]");
  const choice = document.querySelector<HTMLSelectElement>("[data-map-actor]");
  const button = document.querySelector<HTMLElement>("[data-map-switch]");
  setWorkerUrl(whole(box.dataset["worker"]));
  const live = (on: boolean): void => {
    box.hidden = !on;
    if (drawn) drawn.hidden = on;
    if (button) button.textContent = on ? "Drawing" : "Map that moves";
  };
  live(true);
  const atlas = new Atlas({
    container: box,
    style: style(box, places),
    bounds: [west, south, east, north],
    fitBoundsOptions: { padding: { top: 20, right: 20, bottom: 20, left: box.clientWidth < WIDE ? 20 : 230 } },
    attributionControl: false,
    maxZoom: 9,
    renderWorldCopies: true,
    dragRotate: false,
    pitchWithRotate: false,
    fadeDuration: 0,
  });
  atlas.addControl(new NavigationControl({ showCompass: false }));
  atlas.getCanvas().setAttribute("aria-label", "Map that moves: arrow keys, plus and minus");
  if (tools) tools.hidden = false;
  const links = new Links(atlas, places);
  let fine = false;
  const finer = (): void => {
    if (fine || atlas.getZoom() < FINE) return;
    fine = true;
    atlas.getSource<GeoJSONSource>("land")?.setData(whole(box.dataset["fineLand"]));
  };
  atlas.on("load", () => {
    finer();
    recolour(atlas);
    links.draw();
    new MutationObserver(() => recolour(atlas)).observe(document.documentElement, { attributeFilter: ["data-theme"] });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => recolour(atlas));
    box.dataset["ready"] = "yes";
  });
  atlas.on("zoomend", finer);

  const tell = (words: string): void => {
    if (told) told.textContent = words;
  };
  atlas.on("click", (event) => {
    const hit = atlas.queryRenderedFeatures(event.point, { layers: ["areas"] });
    tell(hit.map(({ properties }) => worded(places.areas[Number(properties["id"])])).join("; "));
  });
  choice?.addEventListener("change", () => {
    const actor = choice.value === "" ? null : Number(choice.value);
    atlas.getSource<GeoJSONSource>("areas")?.setData(features(places, actor));
    links.choose(actor);
    tell(actor === null ? "" : met(places, actor));
  });
  button?.addEventListener("click", () => {
    live(box.hidden !== false);
    atlas.resize();
  });
}

function worded(area: Area | undefined): string {
  if (!area) return "";
  const events = `${area.events} event${area.events === 1 ? "" : "s"}`;
  return `${area.name}, told to the ${area.precision}: ${events}${area.disputed ? `, ${area.disputed} in dispute` : ""}`;
}

function met(places: Places, actor: number): string {
  return places.ties
    .filter(([who]) => who === actor)
    .map(([, area, events, acting]) => `${acting ? "acted" : "was acted on"} in ${places.areas[area]?.name} (${events})`)
    .join("; ");
}

function hasWebGL(): boolean {
  try {
    return document.createElement("canvas").getContext("webgl2") !== null;
  } catch {
    return false;
  }
}

const box = document.querySelector<HTMLElement>("[data-map]");
const drawing = document.querySelector("[data-drawn]");
if (box && drawing && hasWebGL()) {
  const seen = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    seen.disconnect();
    begin(box); // not before it is looked at: a story is mostly read without its map
  });
  seen.observe(drawing);
}
