import { setWorkerUrl, Map as Globe } from "maplibre-gl";
const box = document.querySelector<HTMLElement>("[data-map]");
if (box) { setWorkerUrl(box.dataset["worker"] ?? ""); new Globe({ container: box, style: { version: 8, sources: {}, layers: [] } }); }
