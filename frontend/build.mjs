// Writes the scripts of the pages and the land of the map to the folder that is named.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { land } from "./land.mjs";

const out = process.argv[2] ?? "../src/variorum/web/static";
mkdirSync(out, { recursive: true });
const shared = { bundle: true, minify: true, outdir: out, target: "es2022", legalComments: "eof", logLevel: "warning" };

await build({ ...shared, entryPoints: ["src/app.ts", "src/timeline.ts"], format: "iife" });
await build({ ...shared, entryPoints: ["src/map.ts"], format: "esm" });
await build({
  ...shared,
  entryPoints: { "map-worker": "maplibre-gl/dist/maplibre-gl-worker.mjs" },
  format: "esm",
});
for (const scale of ["110m", "50m"]) writeFileSync(join(out, `land-${scale}.json`), JSON.stringify(land(scale)));
