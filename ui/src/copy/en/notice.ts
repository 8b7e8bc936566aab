/** What a person has been told. */
export const notice = {
  title: "Notices",
  none: "You have no notices.",
  markAll: "Mark all as read",
  markOne: "Mark as read",
  openCase: "Open case",
  openHearing: "Open hearing",
  unread: (count: number) => (count === 1 ? "1 unread" : `${count} unread`),
};
