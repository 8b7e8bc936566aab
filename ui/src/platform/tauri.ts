/**
 * The real window: everything goes through the desktop host. With the bytes
 * reader beside it, this is the only file that knows the Tauri API.
 */
import { convertFileSrc, invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { Platform } from "./types";

export const tauri: Platform = {
  rpc: (name, request, commandId) =>
    invoke("rpc", { name, request, commandId }),
  host: (what, call) => invoke("host", { call: { do: what, ...call } }),
  listen: (event, heard) =>
    listen(event, (message) => heard(message.payload as never)),
  // Windows maps custom schemes to http://<scheme>.localhost/; an empty path
  // gives the right root on every system, and the rest must not be escaped.
  bytesUrl: (kind, id) =>
    `${convertFileSrc("", "cp")}${kind}/${encodeURIComponent(id)}`,
};
