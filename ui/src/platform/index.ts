/**
 * The seam between the window and the desktop. Screens call `rpc`, `host`,
 * `listen` and `readBytes`; whether a desktop or the browser twin answers is
 * settled once, at the start. Nothing here knows any court rule.
 */
import type { Code, Problem } from "../contract";
import { copy } from "../copy";
import type {
  BytesKind,
  HostEvents,
  HostList,
  Name,
  Platform,
  Request,
  View,
} from "./types";

export type * from "./types";

let platform: Platform | null = null;

/** Chooses the desktop, or the twin when there is none (development and tests only). */
export async function connect(): Promise<void> {
  if ("__TAURI_INTERNALS__" in window) {
    platform = (await import("./tauri")).tauri;
  } else if (import.meta.env.DEV) {
    platform = (await import("./browser")).browser();
  } else {
    throw problem("unreachable", copy.problem.noDesktop);
  }
}

/** Lets a test bring a platform of its own. */
export function connectTo(other: Platform): void {
  platform = other;
}

function connected(): Platform {
  if (!platform) throw problem("fault", copy.problem.broken);
  return platform;
}

/** An id that sorts by time (UUIDv7), for lines, uploads and user actions. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let time = Date.now();
  for (let at = 5; at >= 0; at--) {
    bytes[at] = time % 256;
    time = Math.floor(time / 256);
  }
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/**
 * Asks the server. `commandId` is made once for a user action: pass the same
 * one when the same action is tried again, and it is recorded once.
 */
export async function rpc<K extends Name>(
  name: K,
  request: Request<K>,
  commandId: string = newId(),
): Promise<View<K>> {
  for (;;) {
    const sent = performance.now();
    try {
      return await connected().rpc(name, request, commandId);
    } catch (error) {
      const refused = asProblem(error);
      if (refused.code === "signed_out") ended?.();
      // Once it is proved who is here, the same action goes again, and counts once.
      if (!(await isHere(refused.code, sent))) throw refused;
    }
  }
}

let ended: (() => void) | null = null;

/** Whom to tell when the server no longer knows this session. */
export function whenSignedOut(tell: () => void): void {
  ended = tell;
}

/** Why somebody must prove who they are: the window is locked, or an act asks for it, or asks for more than the password. */
export type Asked = "locked" | "proof_needed" | "strong_proof_needed";

let presence: ((why: Asked, sent: number) => Promise<boolean>) | null = null;

/**
 * Whom to ask to prove who is here; they answer whether it was proved. They are told
 * when the refused question was sent: its answer may be older than the last proof.
 */
export function whenPresenceIsAsked(ask: (why: Asked, sent: number) => Promise<boolean>): void {
  presence = ask;
}

async function isHere(code: Code, sent: number): Promise<boolean> {
  if (code !== "locked" && code !== "proof_needed" && code !== "strong_proof_needed") return false;
  return (await presence?.(code, sent)) ?? false;
}

/** Asks the desktop itself. */
export async function host<D extends keyof HostList>(
  what: D,
  call: HostList[D]["call"],
): Promise<HostList[D]["answer"]> {
  try {
    return await connected().host(what, call);
  } catch (error) {
    throw asProblem(error);
  }
}

/** Asks the desktop for what may ask for a proof first, and goes again once it was given. */
export async function hostOnceProven<D extends keyof HostList>(what: D, call: HostList[D]["call"]): Promise<HostList[D]["answer"]> {
  for (;;) {
    const sent = performance.now();
    try {
      return await host(what, call);
    } catch (error) {
      const refused = asProblem(error);
      if (!(await isHere(refused.code, sent))) throw refused;
    }
  }
}

export function listen<E extends keyof HostEvents>(
  event: E,
  heard: (payload: HostEvents[E]) => void,
): Promise<() => void> {
  return connected().listen(event, heard);
}

/** Reads the bytes of a paper, document or preview, telling how far it is. */
export async function readBytes(
  kind: BytesKind,
  id: string,
  signal: AbortSignal,
  progress: (got: number, total: number) => void,
): Promise<Uint8Array> {
  const sent = performance.now();
  let response: Response;
  try {
    response = await fetch(connected().bytesUrl(kind, id), { signal });
  } catch (error) {
    if (signal.aborted) throw error;
    throw problem("unreachable", copy.problem.noBytes);
  }
  if (!response.ok) {
    const refused = asProblem(await response.json().catch(() => copy.problem.noBytes));
    if (await isHere(refused.code, sent)) return readBytes(kind, id, signal, progress);
    throw refused;
  }
  const total = Number(response.headers.get("content-length") ?? 0);
  if (!response.body || !total) {
    return new Uint8Array(await response.arrayBuffer());
  }
  const all = new Uint8Array(total);
  const reader = response.body.getReader();
  let got = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    // A body that does not keep to its length is not the paper that was served.
    if (got + value.length > total) throw problem("truncated", copy.problem.noBytes);
    all.set(value, got);
    got += value.length;
    progress(got, total);
  }
  if (got < total) throw problem("truncated", copy.problem.noBytes);
  return all;
}

interface Words {
  title: string;
  detail: string;
  hint: string;
}

export function problem(code: Code, words: Words): Problem {
  return { code, ...words, reference: null };
}

/** Whatever was thrown, as the sentence that people read. */
export function asProblem(error: unknown): Problem {
  if (typeof error === "object" && error !== null && "code" in error && "title" in error && "hint" in error) {
    return error as Problem;
  }
  const words = { ...copy.problem.broken };
  return { ...problem("fault", words), reference: error instanceof Error ? error.message : String(error) };
}
