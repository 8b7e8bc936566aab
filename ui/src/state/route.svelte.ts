/**
 * Where the person is: `#/cases/<id>?key=value`. A hash, because a desktop window
 * has no server that could answer for other paths. Screens read `route`, links
 * are plain `href`s, so the browser's own back and forward work.
 */
export interface Route {
  screen: string;
  id: string;
  query: Record<string, string>;
}

function read(hash: string): Route {
  const [path = "", search = ""] = hash.replace(/^#\/?/, "").split("?");
  const [screen = "", id = ""] = path.split("/").map(decodeURIComponent);
  return { screen, id, query: Object.fromEntries(new URLSearchParams(search)) };
}

let current = $state.raw<Route>(read(window.location.hash));

window.addEventListener("hashchange", () => {
  current = read(window.location.hash);
});

export const route = {
  get screen() {
    return current.screen;
  },
  get id() {
    return current.id;
  },
  get query() {
    return current.query;
  },
  get key() {
    return `${current.screen}/${current.id}`;
  },
};

export function link(screen: string, id = "", query: Record<string, string> = {}): string {
  const search = new URLSearchParams(query).toString();
  return `#/${screen}${id ? `/${encodeURIComponent(id)}` : ""}${search ? `?${search}` : ""}`;
}

export function go(screen: string, id = "", query: Record<string, string> = {}): void {
  const hash = link(screen, id, query);
  if (window.location.hash === hash) return;
  window.location.hash = hash;
  // The event comes a turn later; the screen should not wait for it.
  current = read(hash);
}
