// Shortcuts of one key (WCAG 2.1.4: they can be switched off). A link or button with `data-key="x"` is pressed by x.
import { choose, setting } from "./settings";

export function keys(): void {
  const box = document.querySelector<HTMLInputElement>("[data-keys-choice]");
  let on = setting("keys") !== "off";
  if (box) {
    box.checked = on;
    box.addEventListener("change", () => {
      on = box.checked;
      choose("keys", on ? "on" : "off");
    });
  }
  document.addEventListener("keydown", (event) => {
    if (!on || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || writing(event.target)) return;
    const wanted = [...document.querySelectorAll<HTMLElement>("[data-key]")].find(
      (element) => element.dataset["key"] === event.key && element.getClientRects().length > 0,
    );
    if (!wanted) return;
    event.preventDefault();
    if (wanted.matches("input:not([type=checkbox]), select, textarea")) wanted.focus();
    else wanted.click();
  });
}

function writing(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.matches("input:not([type=checkbox]), select, textarea, [contenteditable]")
  );
}
