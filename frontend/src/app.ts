// What every page does beyond HTML: the theme, tables that sort, keys.
import { theme } from "./theme";
import { tables } from "./tables";
import { keys } from "./keys";
import { jobs } from "./jobs";

theme();
document.addEventListener("DOMContentLoaded", () => {
  document.documentElement.dataset["script"] = "on";
  theme();
  tables();
  keys();
  jobs();
  document.querySelector("[data-print]")?.addEventListener("click", () => window.print());
});
