// Writes the scripts of the pages, the land of the map and the licences of what is in them to the folder that is named.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
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

// MapLibre comes bundled with what it stands on, so all that it asks for is taken to be in the map.
const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));
const bundled = Object.keys(packages).filter((path) => path && !packages[path].dev && !path.includes("/@types/"));
writeFileSync(join(out, "licenses.txt"), [...bundled, "node_modules/world-atlas"].map(notice).join("\n\n"));

/** A package with the notices that its licence asks to be kept. */
function notice(folder) {
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file));
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const texts = files.map((file) => readFileSync(join(folder, file), "utf8").trim());
  return [`${name} ${version} (${license})`, ...texts].join("\n\n");
}
