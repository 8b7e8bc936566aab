/** Deliveries beyond their limit, and what became of a day's deliveries. */
export const alarm = {
  title: "Alarms",
  list: "Deliveries beyond their limit",
  none: "No delivery of this court is beyond its limit.",
  count: (count: number) => (count === 1 ? "1 delivery is beyond its limit." : `${count} deliveries are beyond their limit.`),
  unowned: (count: number, total: number) => {
    if (count === 0) return "Each has somebody who sees to it.";
    if (count < total) return `Nobody sees to ${count} of them yet.`;
    return total === 1 ? "Nobody sees to it yet." : "Nobody sees to any of them yet.";
  },
  header: (count: number) => (count === 1 ? "alarm" : "alarms"),
  more: (shown: number, total: number) => `The first ${shown} of ${total}.`,
  all: "See all alarms",
  columns: { what: "What is wrong", document: "Document", recipient: "Recipient", owner: "Who sees to it", actions: "Actions" },
  what: {
    not_delivered: "Not delivered",
    failed: "Failed",
    not_acknowledged: "Not acknowledged",
    left_after_end: "Sent as it ended",
  },
  cameBack: {
    button: "It came back",
    title: (recipient: string) => `It came back: the letter to ${recipient}`,
    why: (recipient: string) => `Why did the letter to ${recipient} come back?`,
    hint: "What the post wrote on it, for example: gone away. It becomes an alarm until somebody was told otherwise.",
    record: "Record that it came back",
  },
  urgent: "Urgent",
  nobody: "Nobody yet",
  take: "I see to it",
  takeOver: "Take over",
  settle: "Told by telephone",
  settleTitle: (recipient: string) => `Who at ${recipient} was told?`,
  toldHint: "Name and office. It is kept in the record, with your name.",
  at: "When, today",
  atHint: "For example 14:05. Empty is now.",
  record: "Record and end the alarm",
  cancel: "Cancel",
  seeTo: "See to it",
  days: {
    title: "Days that differ from the ledger",
    list: "Days on which the lists say of this court’s deliveries something else than the ledger",
    columns: { day: "Day", what: "What is wrong", owner: "Who sees to it", actions: "Actions" },
    differs: "Differs",
    count: (count: number) => (count === 1 ? "Of 1 day the lists say something else than the ledger." : `Of ${count} days the lists say something else than the ledger.`),
  },
};

export const delivery = {
  title: "Deliveries",
  caption: "Deliveries by agency and channel",
  columns: {
    agency: "Agency",
    channel: "Channel",
    requested: "Requested",
    delivered: "Delivered",
    acknowledged: "Acknowledged",
    failed: "Failed",
    stopped: "Superseded on the way",
    settled: "Told otherwise",
    outstanding: "Outstanding",
  },
  total: "All",
  none: (day: string) => `Nothing was sent on ${day}.`,
  outstanding: "Outstanding",
  nothingOutstanding: "Nothing is outstanding.",
  asked: (at: string) => `Asked for ${at}`,
  kept: {
    title: "Reconciled with the ledger",
    caption: "The day’s deliveries by the ledger, by agency and channel",
    agrees: "Agrees",
    differs: "Differs",
    notYet: "This day was not reconciled with the ledger yet. Each day is, in the night after it.",
    days: "The latest days",
    day: (day: string, agrees: boolean) => `${day}: ${agrees ? "agrees with the ledger" : "differs from the ledger"}`,
  },
};
