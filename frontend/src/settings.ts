// What a reader chose, kept in this browser alone.

export function setting(name: string): string | null {
  try {
    return localStorage.getItem(`variorum.${name}`);
  } catch {
    return null; // a browser that keeps nothing
  }
}

export function choose(name: string, value: string): void {
  try {
    localStorage.setItem(`variorum.${name}`, value);
  } catch {
    // it holds for this page alone
  }
}
