import { choose, setting } from "./settings";

/** Puts the theme that was chosen in force, and lets it be chosen where the page offers that. */
export function theme(): void {
  const root = document.documentElement;
  root.dataset["theme"] = setting("theme") ?? "auto";
  const box = document.querySelector<HTMLSelectElement>("[data-theme-choice]");
  if (!box) return;
  box.value = root.dataset["theme"];
  box.addEventListener("change", () => {
    choose("theme", box.value);
    root.dataset["theme"] = box.value;
  });
}
