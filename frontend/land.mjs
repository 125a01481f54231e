// The land of the world without borders, as GeoJSON that no renderer draws streaks of.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { feature } from "topojson-client";

const require = createRequire(import.meta.url);
const DECIMALS = 2; // of a degree: a kilometre, finer than what the data were drawn for

/** One GeoJSON feature of world-atlas' land layer at a scale ("110m", "50m"). Its layer of countries is never used:
 * whose land is whose is not the map's to say. */
export function land(scale) {
  const topology = JSON.parse(readFileSync(require.resolve(`world-atlas/land-${scale}.json`), "utf8"));
  const polygons = feature(topology, topology.objects.land).features.flatMap(({ geometry }) =>
    geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates,
  );
  const coordinates = polygons.flatMap(worldwide);
  return { type: "Feature", properties: {}, geometry: { type: "MultiPolygon", coordinates } };
}

/** A polygon as those that it is cut into at 180 degrees. */
function worldwide(polygon) {
  const rings = polygon.map(unwound);
  return [-360, 0, 360].flatMap((shift) => {
    const [outer, ...holes] = rings.map((ring) => rounded(clipped(ring.map(([x, y]) => [x + shift, y]))));
    return outer.length > 3 ? [[outer, ...holes.filter((hole) => hole.length > 3)]] : [];
  });
}

/** A ring without jumps: it may run on beyond 180 degrees. One that goes around a pole is closed along it. */
function unwound(ring) {
  const points = [];
  let turn = 0;
  for (const [index, [x, y]] of ring.entries()) {
    if (index > 0) {
      const jump = x - ring[index - 1][0];
      if (Math.abs(jump) > 180) turn -= Math.sign(jump) * 360;
    }
    points.push([x + turn, y]);
  }
  const first = points[0];
  const last = points[points.length - 1];
  if (Math.abs(first[0] - last[0]) > 180) {
    const pole = first[1] < 0 ? -90 : 90;
    points.push([last[0], pole], [first[0], pole], first);
  }
  return points;
}

/** What of a ring lies between -180 and 180 degrees (Sutherland and Hodgman 1974). */
function clipped(ring) {
  return [-180, 180].reduce((points, edge) => {
    const inside = ([x]) => (edge < 0 ? x >= edge : x <= edge);
    const kept = [];
    for (let i = 1; i < points.length; i++) {
      const [from, to] = [points[i - 1], points[i]];
      if (inside(from)) kept.push(from);
      if (inside(from) !== inside(to)) {
        const part = (edge - from[0]) / (to[0] - from[0]);
        kept.push([edge, from[1] + part * (to[1] - from[1])]);
      }
    }
    return kept.length > 0 ? [...kept, kept[0]] : [];
  }, ring);
}

/** Points that fall together are one. */
function rounded(ring) {
  const kept = [];
  for (const [x, y] of ring) {
    const point = [Number(x.toFixed(DECIMALS)), Number(y.toFixed(DECIMALS))];
    const last = kept[kept.length - 1];
    if (!last || last[0] !== point[0] || last[1] !== point[1]) kept.push(point);
  }
  return kept;
}
