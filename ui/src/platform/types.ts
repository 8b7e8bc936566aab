/**
 * What the desktop offers the window: the contract's list (`rpc`), its own short
 * list (`host`), events and bytes. Written once here so that the real window and
 * the browser twin cannot drift apart. It holds no behaviour.
 */
import type {
  CaseId,
  Contract,
  DefendantId,
  HearingId,
  Line,
  Live,
  OffenceId,
  PasskeyAdded,
  Person,
  Uploaded,
} from "../contract";

export type Name = keyof Contract;
export type Request<K extends Name> = Contract[K]["request"];
export type View<K extends Name> = Contract[K]["view"];

/** A file on this computer, checked. */
export interface LocalFile {
  path: string;
  name: string;
  bytes: number;
}

/** Where the server is. */
export interface ServerPlace {
  url: string;
  embedded: boolean;
  version: string;
}

/** What is being typed, as kept on this computer so that it survives a crash. */
export interface KeptDraft {
  revision: number;
  lines: Line[];
  unresolved: {
    defendant_id: DefendantId;
    offence_id: OffenceId | null;
    text: string;
  }[];
  /** When it was kept. */
  at?: string;
  /** Of which cases, and which defendant and offence each place is. */
  about?: { cases: CaseId[]; places: Record<string, string> };
  /** What lies beside the draft until the person says what becomes of it. */
  aside?: { of: "ours" | "theirs"; from: string | null; lines: Line[]; words: { key: string; text: string }[] } | null;
}

/** Letters on one line of a page, in points from its top left. */
export interface PreviewPiece {
  x: number;
  baseline: number;
  width: number;
  size: number;
  text: string;
}

/** A page of a preview: what it says, and `look`, which is the same for pages that look the same. */
export interface PreviewPage {
  look: string;
  width: number;
  height: number;
  blocks: { tag: string; pieces: PreviewPiece[] }[];
}

export interface PreviewMade {
  key: string;
  pages: PreviewPage[];
}

/** The host's own list: the call, and what comes back. */
export interface HostList {
  sign_in: { call: { email: string; password: string; code?: string }; answer: Person };
  sign_in_by_provider: { call: { email: string }; answer: Person };
  add_passkey: { call: { name: string }; answer: PasskeyAdded };
  sign_in_by_passkey: { call: { email: string; password: string }; answer: Person };
  prove_by_passkey: { call: object; answer: Person };
  stop_browsing: { call: object; answer: null };
  lock: { call: object; answer: null };
  prove: { call: { password?: string; code?: string }; answer: Person };
  sign_out: { call: object; answer: null };
  restore: { call: object; answer: Person | null };
  server: { call: object; answer: ServerPlace };
  pick_file: { call: object; answer: LocalFile | null };
  file: { call: { path: string }; answer: LocalFile };
  upload: { call: { path: string; upload_id: string }; answer: Uploaded };
  cancel_upload: { call: { upload_id: string }; answer: null };
  keep_printout: { call: { printout: string; name: string }; answer: string | null };
  keep_text: { call: { text: string; name: string }; answer: string | null };
  preview: { call: { view: unknown }; answer: PreviewMade };
  keep_draft: {
    call: { hearing_id: HearingId; draft: KeptDraft };
    answer: null;
  };
  /** Newest first: this window's own, and those of windows that are gone. */
  kept_drafts: { call: { hearing_id: HearingId }; answer: KeptDraft[] };
  /** What is typed beside the results, by its place; no words forget it. */
  keep_words: { call: { hearing_id: HearingId; place: string; text: string }; answer: null };
  kept_words: { call: { hearing_id: HearingId }; answer: Partial<Record<string, string>> };
  drop_draft: { call: { hearing_id: HearingId }; answer: null };
  /** Leaves with the court what is kept of hearings that are closed to this person now. */
  leave_drafts: { call: object; answer: null };
}

export interface UploadProgress {
  upload_id: string;
  sent: number;
  total: number;
}

/** What the host tells the window. */
export interface HostEvents {
  live: Live;
  connection: { up: boolean };
  signed_out: unknown;
  locked: unknown;
  /** The session could not be kept in the keyring: it ends with this run. Told once a run. */
  "keyring-unavailable": unknown;
  "upload-progress": UploadProgress;
}

/** Which bytes: a paper, an issued document, a printout made now, or the picture of a page of a preview. */
export type BytesKind = "material" | "document" | "printout" | "picture";

export interface Platform {
  rpc<K extends Name>(
    name: K,
    request: Request<K>,
    commandId: string,
  ): Promise<View<K>>;
  host<D extends keyof HostList>(
    what: D,
    call: HostList[D]["call"],
  ): Promise<HostList[D]["answer"]>;
  listen<E extends keyof HostEvents>(
    event: E,
    heard: (payload: HostEvents[E]) => void,
  ): Promise<() => void>;
  bytesUrl(kind: BytesKind, id: string): string;
}
