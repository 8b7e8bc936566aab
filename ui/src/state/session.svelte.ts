/** Who is signed in, whether the server can be reached, and what it told us since. */
import type { Notice, Person, Service } from "../contract";
import { asProblem, host, listen, rpc, whenSignedOut } from "../platform";
import { learn } from "./contact.svelte";
import * as presence from "./presence.svelte";
import { forget, stale } from "./queries.svelte";

let person = $state.raw<Person | null>(null);
let service = $state.raw<Service | null>(null);
let up = $state(true);
let ready = $state(false);
let ended = $state(false);
let unkept = $state(false);
let told = $state.raw<Notice | null>(null);

export const session = {
  get person() {
    return person;
  },
  get service() {
    return service;
  },
  get up() {
    return up;
  },
  get ready() {
    return ready;
  },
  /** Whether the session ended without this person signing out. */
  get ended() {
    return ended;
  },
  /** Whether signing in holds only until the window is closed: there is no keyring. */
  get unkept() {
    return unkept;
  },
  /** The newest notice, for the live region: nobody else at this computer hears whom it names. */
  get told() {
    return person && !presence.presence.locked ? told : null;
  },
};

const TRY_AGAIN_AFTER = 3000;

/** Asks what this court is and who was signed in here, until the server answers. */
async function reach(): Promise<void> {
  try {
    service = await rpc("account.about", {});
    learn(service.service_centre);
    up = true;
    if (person) return;
    const restored = await host("restore", {});
    // Somebody may have signed in meanwhile; they stay.
    person ??= restored;
  } catch (error) {
    if (asProblem(error).code !== "unreachable") return;
    up = false;
    setTimeout(() => void reach(), TRY_AGAIN_AFTER);
  }
}

/** Unread notices and screens, after the server said that they changed, or this person's own roles did. */
export async function recount(): Promise<void> {
  if (!person) return;
  try {
    person = await rpc("account.current", {});
  } catch {
    // The number is a courtesy; the next live message brings it.
  }
}

export async function begin(): Promise<void> {
  person = null;
  ended = false;
  unkept = false;
  await listen("live", (live) => {
    stale(live.stale);
    if (live.notice) told = live.notice;
    if (live.stale.includes("notices") || live.stale.includes("everything")) void recount();
  });
  await listen("connection", (connection) => {
    const back = connection.up && !up;
    up = connection.up;
    if (back) {
      stale(["everything"]);
    }
  });
  const over = () => {
    if (!person) return;
    ended = true;
    person = null;
    told = null;
    presence.leave();
    forget();
  };
  await listen("signed_out", over);
  // Said while signing in, before anybody is shown; it stands until it is read.
  await listen("keyring-unavailable", () => {
    unkept = true;
  });
  await presence.begin((proven) => {
    // Nothing that one person had open or typed is ever another's, whoever came back.
    if (person && person.account_id !== proven.account_id) {
      over();
      void host("sign_out", {}).catch(() => undefined);
      return;
    }
    person = proven;
    stale(["everything"]);
  });
  whenSignedOut(over);
  await reach();
  ready = true;
}

/** Signs in; with a code, when the server asked for one. */
export async function signIn(email: string, password: string, code?: string): Promise<void> {
  forget();
  person = await host("sign_in", code === undefined ? { email, password } : { email, password, code });
  ended = false;
}

/** Signs in in the system's browser, by the organisation's own provider. */
export async function signInByProvider(email: string): Promise<void> {
  forget();
  person = await host("sign_in_by_provider", { email });
  ended = false;
}

/** Signs in in the system's browser, with a passkey after the password. */
export async function signInByPasskey(email: string, password: string): Promise<void> {
  forget();
  person = await host("sign_in_by_passkey", { email, password });
  ended = false;
}

/** Asks again who is signed in: what they may do has changed. */
export async function recall(): Promise<void> {
  person = await rpc("account.current", {});
}

export async function signOut(): Promise<void> {
  try {
    await host("sign_out", {});
  } finally {
    person = null;
    told = null;
    ended = false;
    presence.leave();
    forget();
  }
}

/** It was read that the session is not kept. */
export function knowUnkept(): void {
  unkept = false;
}

/** The unread number, when a screen already knows it. */
export function setUnread(unread: number): void {
  if (person) person = { ...person, unread };
}

export function mayGo(screen: string): boolean {
  return person?.screens.includes(screen) ?? false;
}
