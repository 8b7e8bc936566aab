/** The typing grammar: what is understood while typing, and the page that explains it. */
import type { How } from "../../contract";

export const grammar = {
  understood: {
    once: "for the defendant as a whole",
    is: ": ",
    missing: "Still needed:",
    oneOf: (labels: string[]) => (labels.length > 1 ? `one of ${labels.map((label) => `“${label}”`).join(", ")}` : (labels[0] ?? "")),
    unread: (text: string) => `Not understood: “${text}”. It stays here.`,
    several: (text: string, count: number) => `“${text}” may be ${count === 1 ? "one result" : `${count} results`}. Choose one.`,
    also: (labels: string[]) => `also fits ${labels.map((label) => `“${label}”`).join(", ")}`,
    how: { typed: "", named: "", counted: "counted from the hearing", known: "from reference data", earlier: "from an earlier answer", meant: "goes with the day" } satisfies Record<How, string>,
  },
  help: {
    open: "How to type results",
    key: "F1",
    title: "How to type results",
    lead: "Type what the court says, one result after the other. What is understood appears under the line at once. Enter adds it and goes to the first question that is still open. What is not understood stays in the line; nothing is lost.",
    close: "Close",
    closeKey: "Esc",
    type: "Type",
    means: "What it means",
    press: "Press",
    does: "What it does",
    // Each example is read by the real grammar in crates/reference/tests/grammar.
    parts: [
      {
        title: "Results",
        rows: [
          { type: "FO 250; FCPC 85; FVS 100; COLLO 28d", means: "Several results: a semicolon between them. Each is a short code and its answers." },
          { type: "COLLO PAY; PDATE +28d", means: "The long way to say COLLO 28d: the day to pay by is a result of its own, and a day behind a collection order makes it." },
          { type: "fine 250", means: "Words work as well as codes, in any order. Words that fit several results choose none: pick one from the list." },
          { type: "COEW 12m; UPWR 100h; RAR 20d", means: "Requirements, conditions and reasons go under the result that asks for them." },
          { type: "RC not excused TEA; curfew 1900-0700", means: "What was typed before decides what words mean: here a curfew is a condition of bail." },
          { type: "WDRN PUBINT", means: "An item of a list, by its code, its words or their beginnings." },
        ],
      },
      {
        title: "Answers, in any order",
        rows: [
          { type: "FO £85.50", means: "Money: 250, £250 or 85.50." },
          { type: "IMP 2y 6m", means: "Periods: y, m, w, d, h and min, or in words. A comma ends one period and begins the next." },
          { type: "PDATE 4/12", means: "Days: 4/12, 4/12/26, 4 dec, +28d, monday, today. Without a year it is the next such day." },
          { type: "COEW 12m", means: "A period where an end date is asked is counted from the hearing; its own first day counts." },
          { type: "PORCU1 1900-0700", means: "Times: 1900, 7pm, 19:00. From and to with a dash between." },
          { type: "A attend", means: "A tick, by words of its label. “not excused” answers no; yes and no answer the first question that needs one." },
          { type: "NHMC +28d 10:00 30m here, Trial", means: "Courts, prisons and probation teams by the beginning of their names; “here” is this court. A comma ends a name." },
          { type: "PORR3 home", means: "“home” is where the defendant lives. “same” repeats this defendant’s earlier answer to the same question." },
          { type: "FCOMP 150 minor creditor=Imogen Farrow, 7 Orchard Way, Ashmere, AM6 3PL", means: "A name and address in one breath: the name first." },
        ],
      },
      {
        title: "When an answer must go to one question",
        rows: [
          { type: "SUSPS 16w suspended 18m", means: "Words of the question before the answer. Without them the first question that needs it gets it, and the line says so." },
          { type: "WDRN PUBINT reasons=\"The witness has moved abroad; no other evidence\"", means: "The question and = before the answer. Quotation marks keep a text together, semicolons too." },
        ],
      },
    ],
    keys: [
      { press: "↓ ↑", does: "Walk through the suggestions." },
      { press: "Tab", does: "Complete the code and stay, to type its answers." },
      { press: "Enter", does: "Add what is understood, then answer what is missing, one question after the other." },
      { press: "Esc", does: "Close the suggestions; the text stays." },
      { press: "Alt+O", does: "Copy the result at the cursor, or all of this offence, to all offences of the defendant." },
      { press: "Alt+D", does: "The same to all defendants." },
      { press: "Alt+P", does: "Show the page beside the typing, or put it away." },
      { press: "Alt+1 to Alt+4", does: "Go to the log, the pleas, the results or the documents." },
      { press: "F1, or ? in an empty line", does: "This page." },
      { press: "Ctrl+Enter", does: "Share results." },
    ],
    keysTitle: "Keys",
  },
};
