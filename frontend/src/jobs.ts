// Jobs as they go. What has `data-job` is told every step of that job; the page of a job is loaded anew at its end.

interface Status {
  state: "waiting" | "running" | "done" | "failed";
  stage: string;
  done: number;
  total: number | null;
  error: string | null;
}

export function jobs(): void {
  for (const box of document.querySelectorAll<HTMLElement>("[data-job][data-over=no]")) watch(box);
}

function watch(box: HTMLElement): void {
  const isPage = box.hasAttribute("data-job-page");
  const source = new EventSource(`/api/v1/jobs/${box.dataset["job"] ?? ""}/events`);
  const told = (event: MessageEvent<string>): void => {
    const status = JSON.parse(event.data) as Status;
    const over = status.state === "done" || status.state === "failed";
    if (over) source.close();
    if (over && isPage) location.reload();
    else tell(box, status, isPage);
  };
  for (const state of ["waiting", "running", "done", "failed"]) source.addEventListener(state, told as EventListener);
  addEventListener("pagehide", () => source.close());
}

function tell(box: HTMLElement, status: Status, isPage: boolean): void {
  const words = box.querySelector("[data-job-words]");
  const state = box.querySelector("[data-job-state]");
  const bar = box.querySelector<HTMLProgressElement>("[data-job-bar]");
  if (state) state.textContent = status.state;
  if (bar && status.total) {
    bar.max = status.total;
    bar.value = status.done;
  } else bar?.removeAttribute("value");
  if (!words) return;
  const stage = status.stage ? `: ${status.stage}` : "";
  if (isPage) words.textContent = stage;
  else if (status.state === "done") words.textContent = "The ruling is in the edition: load the page again to see it.";
  else if (status.state === "failed") words.textContent = `The ruling failed: ${status.error ?? ""}`;
  else words.textContent = `The ruling is being brought into the edition${stage} …`;
}
