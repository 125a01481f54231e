/** Makes the headings of tables marked `data-sortable` into buttons that sort by their column. A cell's `data-value` is
 * what it sorts by, else its text; numbers sort as numbers, and empty cells stand last both ways. */
export function tables(): void {
  for (const table of document.querySelectorAll<HTMLTableElement>("table[data-sortable]")) {
    const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
    heads.forEach((head, column) => {
      if (!head.textContent?.trim() || head.hasAttribute("data-fixed")) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        sort(table, column, down);
      });
    });
  }
}

const words = new Intl.Collator(document.documentElement.lang || "en", { numeric: true });

function sort(table: HTMLTableElement, column: number, down: boolean): void {
  const body = table.tBodies[0];
  if (!body) return;
  const rows = [...body.rows].map((row) => ({ row, value: value(row.cells[column]) }));
  rows.sort((one, other) => {
    if (one.value === "" || other.value === "") return Number(one.value === "") - Number(other.value === "");
    return (down ? -1 : 1) * compare(one.value, other.value);
  });
  body.append(...rows.map(({ row }) => row));
}

function value(cell: HTMLTableCellElement | undefined): string {
  return (cell?.dataset["value"] ?? cell?.textContent ?? "").trim();
}

function compare(one: string, other: string): number {
  const difference = Number(one) - Number(other);
  return Number.isNaN(difference) ? words.compare(one, other) : difference;
}
