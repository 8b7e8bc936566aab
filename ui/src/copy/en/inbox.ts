/** Documents that were delivered to an organisation. */
export const inbox = {
  title: "Inbox",
  none: "Nothing has been delivered to your organisation.",
  waiting: (count: number) =>
    count === 0 ? "Nothing waits to be acknowledged." : count === 1 ? "1 document waits to be acknowledged." : `${count} documents wait to be acknowledged.`,
  unopened: (count: number) => (count === 0 ? "" : count === 1 ? "1 has not been opened." : `${count} have not been opened.`),
  acknowledge: "Acknowledge",
  acknowledgeHint: "Say that your organisation has this document and will act on it. The court sees that you did.",
  acknowledging: "Acknowledging…",
  by: (at: string) => `Acknowledge by ${at}`,
  overdue: (at: string) => `Overdue: to be acknowledged by ${at}`,
  received: (at: string) => `Received ${at}`,
  opened: (who: string) => `Opened: ${who}`,
  acknowledged: (who: string) => `Acknowledged: ${who}`,
  choose: "Choose a document to read it here.",
  list: "Documents",
};
