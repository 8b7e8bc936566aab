/** What the window itself must say when no finished problem comes from the server. */
export const problem = {
  summary: "There is a problem",
  noDesktop: {
    title: "This page only works in the desktop app.",
    detail: "",
    hint: "Open Common Platform on your computer.",
  },
  broken: {
    title: "Something went wrong in the app.",
    detail: "Nothing that was saved is lost.",
    hint: "Try again. If it keeps happening, restart the app and tell your support desk.",
  },
  noBytes: {
    title: "The paper could not be read.",
    detail: "The connection broke before all of it arrived.",
    hint: "Try again.",
  },
  notAPdf: {
    title: "This file cannot be shown here.",
    detail: "",
    hint: "Ask whoever served it for a PDF.",
  },
  why: "Why?",
  again: "Try again",
  reference: (reference: string) => `Reference: ${reference}`,
};
