/**
 * Views of the server, kept while somebody looks at them. A view is known by its
 * name and request; what is already here is shown at once and asked for again
 * behind it. When the server says that a tag is stale, every open view with that
 * tag is asked for again; closed ones are forgotten.
 */
import type { Problem } from "../contract";
import { asProblem, rpc, type Name, type Request, type View } from "../platform";

type Queries = {
  [K in Name]: import("../contract").Contract[K]["kind"] extends "query" ? K : never;
}[Name];

/** Which live tags make a view stale. `case:*` stands for any case. */
function tagsOf(name: Name, request: Record<string, unknown>): string[] {
  switch (name) {
    case "case.list":
      return ["case:*", "notices"];
    case "case.view":
      return [`case:${String(request["case_id"])}`];
    case "defence.people":
      return [`case:${String(request["case_id"])}`];
    case "legal_aid.messages":
      return ["legal_aid"];
    case "hearing.view":
      return [`hearing:${String(request["hearing_id"])}`];
    case "hearing.day_list":
      return ["hearings", "hearing:*"];
    case "hearing.compare_versions":
      return [`hearing:${String(request["hearing_id"])}`];
    case "document.view":
      return ["inbox", "case:*"];
    case "inbox.list":
      return ["inbox"];
    case "alarm.list":
      return ["alarms"];
    case "translation.list":
    case "translation.view":
      return ["translations"];
    case "delivery.reconcile":
      return ["alarms", "inbox", "hearing:*"];
    case "support.requests":
    case "support.waiting":
      return ["notices", "help"];
    case "notice.list":
    case "account.current":
      return ["notices"];
    default:
      return [];
  }
}

function matches(tag: string, stale: string): boolean {
  return tag === stale || (tag.endsWith(":*") && stale.startsWith(tag.slice(0, -1)));
}

export class Query<K extends Name> {
  view = $state.raw<View<K> | null>(null);
  problem = $state.raw<Problem | null>(null);
  loading = $state(false);
  readers = 0;
  readonly tags: string[];
  #asking: Promise<void> | null = null;
  #again = false;

  constructor(
    readonly name: K,
    readonly request: Request<K>,
  ) {
    this.tags = tagsOf(name, request as Record<string, unknown>);
  }

  /** Asks now; a second call while one is under way asks once more after it. */
  refresh(): Promise<void> {
    if (this.#asking) {
      this.#again = true;
      return this.#asking;
    }
    this.#asking = this.#ask().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  async #ask(): Promise<void> {
    this.loading = true;
    do {
      this.#again = false;
      try {
        this.view = await rpc(this.name, this.request);
        this.problem = null;
      } catch (error) {
        this.problem = asProblem(error);
      }
    } while (this.#again);
    this.loading = false;
  }

  /** A command's answer that is already the newer view. */
  put(view: View<K>): void {
    this.view = view;
  }
}

const cache = new Map<string, Query<Name>>();

function find<K extends Name>(name: K, request: Request<K>): Query<K> {
  const key = `${name} ${JSON.stringify(request)}`;
  let query = cache.get(key) as Query<K> | undefined;
  if (!query) {
    query = new Query(name, request);
    cache.set(key, query as unknown as Query<Name>);
  }
  return query;
}

/** A view for a component: asked for when it opens, let go when it closes. */
export function use<K extends Queries>(name: K, request: () => Request<K>): { readonly now: Query<K> } {
  const query = $derived(find(name, request()));
  $effect(() => {
    const mine = query;
    mine.readers++;
    void mine.refresh();
    return () => {
      mine.readers--;
    };
  });
  return {
    get now() {
      return query;
    },
  };
}

/** What the server calls stale is asked for again if anybody looks at it. */
export function stale(tags: string[]): void {
  const everything = tags.includes("everything");
  for (const [key, query] of cache) {
    if (!everything && !query.tags.some((tag) => tags.some((other) => matches(tag, other)))) continue;
    if (query.readers > 0) void query.refresh();
    else cache.delete(key);
  }
}

/** Nothing of one person's views may be seen by the next. */
export function forget(): void {
  cache.clear();
}
