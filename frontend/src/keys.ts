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
  document.querySelector("[data-keys-help]")?.addEventListener("click", help);
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

/** Lists the keys of this page; Escape closes the list, and what had the focus has it again. */
function help(): void {
  document.querySelector("dialog.keys")?.remove();
  const dialog = document.createElement("dialog");
  dialog.className = "keys";
  dialog.setAttribute("aria-labelledby", "keys-title");
  const title = document.createElement("h2");
  title.id = "keys-title";
  title.textContent = "Keys of this page";
  const list = document.createElement("dl");
  for (const element of document.querySelectorAll<HTMLElement>("[data-key]")) {
    if (element.getClientRects().length === 0) continue;
    const key = document.createElement("dt");
    key.append(Object.assign(document.createElement("kbd"), { textContent: element.dataset["key"] ?? "" }));
    const what = document.createElement("dd");
    what.textContent = name(element);
    list.append(key, what);
  }
  const close = Object.assign(document.createElement("button"), { textContent: "Close", type: "button" });
  close.addEventListener("click", () => dialog.close());
  dialog.append(title, list, close);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function name(element: HTMLElement): string {
  const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
  const words = element.getAttribute("aria-label") ?? (labels[0] ?? element).textContent ?? "";
  const key = element.dataset["key"] ?? "";
  return words.replace(/\s+/g, " ").trim().replace(new RegExp(` ${key.replace(/\W/g, "\\$&")}$`), "");
}
