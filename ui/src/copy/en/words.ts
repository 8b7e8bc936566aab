/** Words for the contract's closed lists, and small words that many screens share. */
import type { Attendance, DeliveryState, DocumentKind, HearingState, RepresentationBasis } from "../../contract";

export const words = {
  delivery: {
    queued: "Queued",
    sent: "Sent",
    received: "Received",
    opened: "Opened",
    acknowledged: "Acknowledged",
    failed: "Failed",
    stopped: "Stopped",
  } satisfies Record<DeliveryState, string>,
  document: {
    Notice: "Notice",
    Order: "Order",
    Warrant: "Warrant",
    EDT: "Electronic notification",
  } satisfies Record<DocumentKind, string>,
  hearing: {
    listed: "Listed",
    started: "In progress",
    paused: "Paused",
    ended: "Ended",
    vacated: "Vacated",
  } satisfies Record<HearingState, string>,
  shared: "Results shared",
  sharedInPart: "Shared in part",
  basis: {
    REPRESENTATION_ORDER: "Representation order",
    REPRESENTATION_ORDER_APPLIED_FOR: "Representation order applied for",
    COURT_APPOINTED: "Court appointed",
    PRO_BONO: "Pro bono",
    PRIVATE: "Private",
  } satisfies Record<RepresentationBasis, string>,
  attendance: {
    IN_PERSON: "In person",
    BY_VIDEO: "By video",
    NOT_PRESENT: "Not present",
  } satisfies Record<Attendance, string>,
  level: {
    Offence: "Offence",
    Defendant: "Defendant",
    Case: "Case",
  } as Record<string, string>,
  category: {
    Final: "Final",
    Intermediary: "Intermediary",
    Ancillary: "Ancillary",
  } as Record<string, string>,
  custody: "In custody",
  unread: "Unread",
  none: "None",
  back: "Back",
  cancel: "Cancel",
  close: "Close",
  open: "Open",
  bytes: (bytes: number) => {
    if (bytes < 1000) return `${bytes} bytes`;
    if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} KB`;
    if (bytes < 1_000_000_000) return `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`;
    return `${(bytes / 1_000_000_000).toFixed(1)} GB`;
  },
  age: (age: number) => `aged ${age}`,
  born: (day: string) => `born ${day}`,
  today: "Today",
  day: { label: "Day", hint: "For example 4/12, +7d or today", before: "The day before", after: "The day after" },
  at: (day: string, clock: string) => `${day} at ${clock}`,
};
