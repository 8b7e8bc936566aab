/**
 * Whether the person is there: the lock that covers the window after a time without
 * input, and the proof that some acts ask for. What was asked meanwhile waits, and goes
 * again as the same action once they have proved who they are.
 */
import type { Person } from "../contract";
import { host, listen, rpc, whenPresenceIsAsked } from "../platform";

const LOOK_EVERY = 2000;
/** How often the server hears of somebody who reads or types and asks it nothing. */
const TELL_EVERY = 4 * 60 * 1000;
const SIGNS = ["keydown", "pointerdown", "pointermove", "wheel"] as const;

let locked = $state(false);
let asked = $state(false);
let strongly = $state(false);
let waiting: ((proven: boolean) => void)[] = [];
let proven: (person: Person) => void = () => undefined;
/** When the person last proved who they are, to the window's clock. */
let seen = 0;

export const presence = {
  /** Whether the window is locked. */
  get locked() {
    return locked;
  },
  /** Whether an act asks for a proof. */
  get asked() {
    return asked;
  },
  /** Whether the password is not enough for it. */
  get strongly() {
    return strongly && !locked;
  },
};

/** Begins to listen for who must prove who they are. */
export async function begin(tell: (person: Person) => void): Promise<void> {
  leave();
  proven = tell;
  whenPresenceIsAsked((why, sent) => {
    // What was on its way when they proved who they are only has to go again.
    if (why === "locked" && !locked && sent < seen) return Promise.resolve(true);
    if (why === "locked") locked = true;
    else asked = true;
    if (why === "strong_proof_needed") strongly = true;
    return new Promise((done) => waiting.push(done));
  });
  await listen("locked", () => {
    locked = true;
  });
}

/** Covers the window. The server is told; if it cannot be, it is locked here all the same. */
export async function lock(): Promise<void> {
  if (locked) return;
  locked = true;
  await host("lock", {}).catch(() => undefined);
}

/** Proves who is here, by password or by a code. */
export async function prove(by: { password: string } | { code: string }): Promise<void> {
  here(await host("prove", by));
}

/** The same in the system's browser, by the organisation's own provider. */
export async function proveByProvider(email: string): Promise<void> {
  here(await host("sign_in_by_provider", { email }));
}

/** The same with a passkey. */
export async function proveByPasskey(): Promise<void> {
  here(await host("prove_by_passkey", {}));
}

function here(person: Person): void {
  seen = performance.now();
  locked = false;
  asked = false;
  strongly = false;
  proven(person);
  settle(true);
}

/** The act is not done after all. */
export function giveUp(): void {
  asked = false;
  strongly = false;
  settle(false);
}

/** Nobody is signed in any more: nobody is asked for anything. */
export function leave(): void {
  locked = false;
  asked = false;
  strongly = false;
  settle(false);
}

function settle(is: boolean): void {
  const told = waiting;
  waiting = [];
  for (const tell of told) tell(is);
}

/** Locks after so many seconds without a sign of the person; gives what ends the watch. */
export function watch(seconds: number): () => void {
  let last = Date.now();
  let told = last;
  let opened = seen;
  const sign = () => {
    // A computer that slept wakes up with an event: that is no sign of before.
    if (Date.now() - last < seconds * 1000) last = Date.now();
  };
  for (const name of SIGNS) window.addEventListener(name, sign, { capture: true, passive: true });
  const looking = setInterval(() => {
    // Proving who one is is a sign too, however soon after the lock.
    if (locked || opened !== seen) last = Date.now();
    else if (Date.now() - last >= seconds * 1000) void lock();
    opened = seen;
    // The server locks by itself what it hears nothing of.
    if (!locked && last > told && Date.now() - told >= TELL_EVERY) {
      told = Date.now();
      rpc("account.current", {}).catch(() => undefined);
    }
  }, LOOK_EVERY);
  return () => {
    clearInterval(looking);
    for (const name of SIGNS) window.removeEventListener(name, sign, { capture: true });
  };
}
