// Zoom of the timeline that the server drew: bars and arrows are laid out anew, by the shares of time that they carry.
// Buttons, the keys on them, dragging, and Ctrl with the wheel.

const WIDTH = 1000;
const LEFT = 16;
const INNER = WIDTH - 2 * LEFT;
const LEAST = 6; // a bar's least width
const MOST = 4000; // times
const DAY = 86_400;
const STEPS = [1 / 24, 1 / 4, 1, 2, 7, 14, 31, 92, 366, 3660]; // days between ticks

interface Bar {
  rect: SVGRectElement;
  text: SVGTextElement;
  start: number;
  end: number;
  middle: number;
  x: number;
}

interface Arrow {
  path: SVGPathElement;
  source: Bar;
  target: Bar;
}

class Timeline {
  private readonly first: number;
  private readonly last: number;
  private readonly bars: Bar[] = [];
  private readonly arrows: Arrow[] = [];
  private readonly height: number;
  private from = 0;
  private to = 1;
  private due = false;

  constructor(private readonly svg: SVGSVGElement) {
    this.first = Number(svg.dataset["first"]);
    this.last = Number(svg.dataset["last"]);
    this.height = svg.viewBox.baseVal.height;
    for (const link of svg.querySelectorAll<SVGAElement>("a.event")) {
      const rect = link.querySelector("rect");
      const text = link.querySelector("text");
      if (!rect || !text) continue;
      const middle = rect.y.baseVal.value + rect.height.baseVal.value / 2;
      this.bars.push({ rect, text, start: Number(link.dataset["start"]), end: Number(link.dataset["end"]), middle, x: 0 });
    }
    for (const path of svg.querySelectorAll<SVGPathElement>("[data-arrows] path")) {
      const source = this.bars[Number(path.dataset["source"])];
      const target = this.bars[Number(path.dataset["target"])];
      if (source && target) this.arrows.push({ path, source, target });
    }
  }

  act(what: string): void {
    if (what === "in") this.zoom(0.5, 0.5);
    else if (what === "out") this.zoom(2, 0.5);
    else if (what === "left") this.move(-0.25);
    else if (what === "right") this.move(0.25);
    else this.show(0, 1);
  }

  /** Shows `times` as much time as now; what stands at a share of the drawing stays there. */
  zoom(times: number, at: number): void {
    const span = this.to - this.from;
    const wanted = Math.min(1, Math.max(1 / MOST, span * times));
    const from = this.from + (span - wanted) * at;
    this.show(from, from + wanted);
  }

  /** Moves by a share of what is shown. */
  move(share: number): void {
    const span = this.to - this.from;
    const from = Math.min(1 - span, Math.max(0, this.from + share * span));
    this.show(from, from + span);
  }

  private show(from: number, to: number): void {
    const [first, last] = [Math.max(0, from), Math.min(1, to)];
    const same = first === this.from && last === this.to && "times" in this.svg.dataset;
    this.from = first;
    this.to = last;
    if (this.due || same) return;
    this.due = true;
    requestAnimationFrame(() => {
      this.due = false;
      this.draw();
    });
  }

  private x(share: number): number {
    return LEFT + ((share - this.from) / (this.to - this.from)) * INNER;
  }

  private draw(): void {
    for (const bar of this.bars) {
      const left = Math.max(-20, Math.min(WIDTH + 20, this.x(bar.start)));
      const right = Math.max(-20, Math.min(WIDTH + 20, this.x(bar.end)));
      const width = Math.max(LEAST, right - left);
      bar.x = left;
      bar.rect.setAttribute("x", left.toFixed(1));
      bar.rect.setAttribute("width", width.toFixed(1));
      const behind = WIDTH - (left + width + 8) >= Math.min(left - 8, WIDTH * 0.38);
      bar.text.setAttribute("x", (behind ? Math.max(4, left + width + 8) : Math.min(WIDTH - 4, left - 8)).toFixed(1));
      const anchor = behind ? "start" : "end";
      if (bar.text.getAttribute("text-anchor") !== anchor) bar.text.setAttribute("text-anchor", anchor);
    }
    for (const { path, source, target } of this.arrows) path.setAttribute("d", curve(source, target));
    this.ticks();
    this.svg.dataset["times"] = (1 / (this.to - this.from)).toFixed(2);
  }

  private ticks(): void {
    const group = this.svg.querySelector("[data-ticks]");
    if (!group) return;
    const time = (share: number): number => this.first + share * (this.last - this.first);
    const [begin, end] = [time(this.from), time(this.to)];
    const step = STEPS.find((days) => (end - begin) / (days * DAY) <= 10) ?? (end - begin) / DAY / 10;
    const made: SVGElement[] = [];
    const [eldest, newest] = [begin, end].map((at) => new Date(at * 1000).getUTCFullYear());
    let told = eldest === newest ? eldest : undefined; // the year that is known to who reads the next tick
    for (let at = Math.ceil(begin / (step * DAY)) * step * DAY; at <= end && made.length < 60; at += step * DAY) {
      const place = this.x((at - this.first) / (this.last - this.first));
      const x = place.toFixed(1);
      made.push(element("line", { class: "grid", x1: x, x2: x, y1: "20", y2: String(this.height) }));
      const anchor = place < 40 ? "start" : place > WIDTH - 40 ? "end" : "middle";
      const text = element("text", { class: "faint", x, y: "14", "text-anchor": anchor });
      const day = new Date(at * 1000);
      text.textContent = label(day, step, day.getUTCFullYear() !== told);
      told = day.getUTCFullYear();
      made.push(text);
    }
    group.replaceChildren(...made);
  }
}

function curve(source: Bar, target: Bar): string {
  const across = Math.abs(source.middle - target.middle);
  const bend = Math.max(-40, Math.min(source.x, target.x) - 14 - Math.min(across * 0.15, 60));
  return `M ${source.x} ${source.middle} C ${bend} ${source.middle}, ${bend} ${target.middle}, ${target.x} ${target.middle}`;
}

function element(name: string, attributes: Record<string, string>): SVGElement {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function label(day: Date, step: number, hasYear: boolean): string {
  const options: Intl.DateTimeFormatOptions =
    step < 1
      ? { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }
      : step < 31
        ? { day: "numeric", month: "short", ...(hasYear ? { year: "numeric" as const } : {}) }
        : { month: "short", year: "numeric" };
  return new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" }).format(day);
}

const svg = document.querySelector<SVGSVGElement>("[data-timeline]");
if (svg) {
  const line = new Timeline(svg);
  for (const button of document.querySelectorAll<HTMLElement>("[data-zoom]")) {
    button.addEventListener("click", () => line.act(button.dataset["zoom"] ?? ""));
  }
  const share = (clientX: number): number => {
    const box = svg.getBoundingClientRect();
    return (clientX - box.left) / box.width;
  };
  svg.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      line.zoom(event.deltaY > 0 ? 1.25 : 0.8, share(event.clientX));
    },
    { passive: false },
  );
  let held: number | null = null;
  let moved = 0;
  svg.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" && event.button !== 0) return;
    held = event.clientX;
    moved = 0;
  });
  window.addEventListener("pointermove", (event) => {
    if (held === null) return;
    const by = event.clientX - held;
    moved += Math.abs(by);
    held = event.clientX;
    svg.classList.add("held");
    line.move(-by / svg.getBoundingClientRect().width);
  });
  for (const end of ["pointerup", "pointercancel"] as const) {
    window.addEventListener(end, () => {
      held = null;
      svg.classList.remove("held");
    });
  }
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  svg.addEventListener(
    "click",
    (event) => {
      if (moved > 5) event.preventDefault(); // the end of a drag is no click on a bar
    },
    { capture: true },
  );
}
