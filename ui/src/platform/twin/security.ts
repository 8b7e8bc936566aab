/** How the twin's people sign in. For development and tests only. */
import type { Security } from "../../contract";

export const security: Security = {
  password: true,
  second_factor_since: null,
  second_factor_required: false,
  recovery_codes: 0,
  passkeys: [],
  passkeys_possible: true,
  provider: null,
  devices: [
    { session_id: "session-1", device: "Common Platform 0.1.0 on Linux", from: "203.0.113.7", opened_at: "2026-11-23T08:58:00Z", seen_at: "2026-11-23T10:00:00Z", locked: false, current: true },
    { session_id: "session-2", device: "Common Platform 0.1.0 on Windows", from: "203.0.113.8", opened_at: "2026-11-22T08:58:00Z", seen_at: "2026-11-22T17:00:00Z", locked: true, current: false },
  ],
};
