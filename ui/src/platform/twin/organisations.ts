/** Organisations, their people, announcements and help in the twin's court. For development and tests only. */
import type { AnnouncementView, Contract, HelpItem, OrganisationId, PeopleOf, PersonRow, Waiting } from "../../contract";

type Names = Extract<keyof Contract, `organisation.${string}` | `support.${string}` | "account.activation" | "account.activate" | "account.ask_again">;
type Answers = { [K in Names]: (request: Contract[K]["request"]) => Contract[K]["view"] };

export const LINK = "http://127.0.0.1:0/activate#2345-6789-ABCD-EFGH-JKLM-NPQR-ST";

const people: PersonRow[] = [
  { account_id: "account-hal", name: "Hal Corbin", email: "hal.corbin@thorne.example", role: "Practice manager", groups: ["Organisation administrator"], organisation_id: "organisation-2", standing: "active", text: "Last used 23 November 2026.", may: ["roles"], oneself: true },
  { account_id: "account-iris", name: "Iris Thorne", email: "iris.thorne@thorne.example", role: "Defence solicitor", groups: ["Defence Lawyers"], organisation_id: "organisation-2", standing: "active", text: "Last used 23 November 2026.", may: ["name", "roles", "suspend", "leave"], oneself: false },
  { account_id: "account-gita", name: "Gita Rowe", email: "gita.rowe@thorne.example", role: "Solicitor", groups: ["Defence Lawyers"], organisation_id: "organisation-2", standing: "invited", text: "The link is good until 21 December 2026.", may: ["resend", "roles", "leave"], oneself: false },
];

const waiting: Waiting = {
  organisation_id: "organisation-new",
  name: "Pryce Adeyemi LLP",
  kind: "Firm of solicitors",
  at: "2026-11-23T09:10:00Z",
  said: [
    ["Address", "8 Weir Street, Ashmere, AM2 7PA"],
    ["SRA or Bar number", "612345"],
    ["Accountable person", "Bola Adeyemi, Partner, bola@pryceadeyemi.example"],
  ],
  warnings: ["The accountable person's address is not of the office's domain."],
};

const terms = { version: "2026-11", paragraphs: ["You use your account yourself.", "You open a case only if your work in it asks for that."] };

/** Answers of a court of its own; `refuse` throws what a server would say. */
export function organisations(refuse: (code: "refused" | "not_found", title: string, hint: string) => never): Answers {
  let firm: PeopleOf = {
    organisation_id: "organisation-2" as OrganisationId,
    name: "Thorne & Vale Solicitors",
    offices: [{ organisation_id: "organisation-2", name: "Thorne & Vale Solicitors" }],
    roles: ["Defence Lawyers", "Advocates", "Organisation administrator"],
    people: structuredClone(people),
    mail: false,
  };
  let queue: Waiting[] = [structuredClone(waiting)];
  let announced: AnnouncementView[] = [];
  let asked: HelpItem[] = [];
  const change = (account: string, part: Partial<PersonRow>): PeopleOf => {
    firm = { ...firm, people: firm.people.map((row) => (row.account_id === account ? { ...row, ...part } : row)) };
    return firm;
  };
  const link = (email: string) => ({ email, link: LINK, until: "2026-12-21T09:00:00Z" });
  const wrong = (said: { name: string }) => (said.name.trim() ? [] : [{ field: "name", what: "Give the name of the organisation, up to 200 characters." }]);
  const register = (said: { name: string }) => ({ reference: wrong(said).length ? null : "R-2345-6789-ABCD-EFGH", wrong: wrong(said) });
  const known = (code: string) => (code.includes("2345") ? undefined : refuse("refused", "This link is not good, or no longer.", "Use the newest link that you were sent."));
  return {
    "account.activation": ({ code }) => {
      known(code);
      return { name: "Gita Rowe", email: "gita.rowe@thorne.example", role: "Solicitor", organisation: firm.name, terms_version: terms.version, terms: terms.paragraphs, by_provider: false, password_rule: "At least 12 characters." };
    },
    "account.activate": ({ code, terms: accepted }) => {
      known(code);
      if (accepted !== terms.version) refuse("refused", "The terms of use were not accepted, or they have changed.", "Read them and accept them.");
      return { email: "gita.rowe@thorne.example", at: "2026-11-23T09:30:00Z" };
    },
    "account.ask_again": () => ({ mail: true }),
    "organisation.terms": () => ({ ...terms, kinds: [{ kind: "defence_firm", name: "Firm of solicitors" }, { kind: "court", name: "Court house" }] }),
    "organisation.register": ({ said }) => register(said),
    "organisation.register_office": ({ said }) => register(said),
    "organisation.registration": () => ({ name: "Pryce Adeyemi LLP", at: "2026-11-23T09:10:00Z", standing: "waiting", text: "HMCTS staff have not decided on it yet." }),
    "organisation.queue": () => ({ items: queue, total: queue.length, link: null }),
    "organisation.validate": () => {
      queue = [];
      return { items: queue, total: 0, link: link("bola@pryceadeyemi.example") };
    },
    "organisation.refuse": ({ reason }) => {
      if (!reason.trim()) refuse("refused", "A refusal needs a reason that whoever registered can act on.", "Write one or two sentences.");
      queue = [];
      return { items: queue, total: 0, link: null };
    },
    "organisation.import": ({ check_only }) => ({ organisations: 3, people: 4, recorded: !check_only, wrong: [] }),
    "organisation.list": () => ({ items: [{ organisation_id: firm.organisation_id, name: firm.name, kind: "Firm of solicitors", office_of: null, active: 2, suspended: 0 }] }),
    "organisation.people": () => firm,
    "organisation.person": ({ account_id }) => ({
      account_id,
      name: firm.people.find((row) => row.account_id === account_id)?.name ?? "",
      cases: [{ case_id: "case-1", urn: "20NB1234526", defendants: ["Marlow Ashby"], why: "Thorne & Vale Solicitors is on record for Marlow Ashby.", policy: "defence.sees_own_cases" }],
      more: false,
      none: "",
      needs_owner: [{ what: "Case: nobody else here can open it", reference: "20NB1234526" }],
      colleagues: [{ account_id: "account-hal", name: "Hal Corbin", opens: false, lacks: ["Defence Lawyers"] }],
    }),
    "organisation.who_opens": ({ reference }) => {
      if (reference.replace(/\s/g, "").toUpperCase() !== "20NB1234526") refuse("not_found", "There is nothing here that you can see.", "Check the reference.");
      return { urn: "20NB1234526", people: [{ account_id: "account-iris", name: "Iris Thorne", organisation: firm.name, why: "Thorne & Vale Solicitors is on record for Marlow Ashby.", policy: "defence.sees_own_cases" }], left_off: 3 };
    },
    "organisation.invite": ({ email, name, role, groups, organisation_id }) => {
      if (groups.length === 0) refuse("refused", "Nobody can work here without a role.", "Choose at least one.");
      const row: PersonRow = { account_id: `account-${email}`, name, email, role, groups, organisation_id, standing: "invited", text: "The link has not left yet.", may: ["resend", "roles", "leave"], oneself: false };
      firm = { ...firm, people: [...firm.people, row] };
      return firm;
    },
    "organisation.resend": () => firm,
    "organisation.show_link": ({ account_id }) => link(firm.people.find((row) => row.account_id === account_id)?.email ?? ""),
    "organisation.correct_name": ({ account_id, name, reason }) => {
      if (!reason.trim()) refuse("refused", "Another name needs a reason; it stays in the record with the name from before.", "Write why.");
      return change(account_id, { name });
    },
    "organisation.rename": ({ name, reason }) => {
      if (!reason.trim()) refuse("refused", "Another name needs a reason; it stays in the record with the name from before.", "Write why.");
      firm = { ...firm, name, offices: firm.offices.map((office) => ({ ...office, name })) };
      return firm;
    },
    "organisation.change_roles": ({ account_id, role, groups }) => change(account_id, { role, groups }),
    "organisation.take_factor_away": ({ account_id, reason }) => {
      if (!reason.trim()) refuse("refused", "This needs a reason; it stays in the record.", "Write why, and how you made sure who asks.");
      return change(account_id, { may: ["name", "roles", "suspend", "leave"] });
    },
    "organisation.suspend": ({ account_id }) => change(account_id, { standing: "suspended", text: "Suspended. Nothing was deleted.", may: ["reactivate", "roles", "leave"] }),
    "organisation.reactivate": ({ account_id }) => change(account_id, { standing: "active", text: "Can sign in.", may: ["roles", "suspend", "leave"] }),
    "organisation.leave": ({ account_id, colleague, with_roles }) => ({
      people: change(account_id, { standing: "left", text: "Left.", may: [] }),
      handed_to: firm.people.find((row) => row.account_id === colleague)?.name ?? null,
      roles: with_roles ? ["Defence Lawyers"] : [],
      needs_owner: with_roles ? [] : [{ what: "Case: nobody else here can open it", reference: "20NB1234526" }],
    }),
    "support.announcements": () => ({ items: announced }),
    "support.all_announcements": () => ({ items: announced }),
    "support.announce": ({ title, details, category, severity }) => {
      announced = [{ id: `announcement-${announced.length}`, title, details, category, severity, from: "2026-11-23T09:00:00Z", until: "2026-11-23T17:00:00Z", standing: "now" }, ...announced];
      return { items: announced };
    },
    "support.withdraw": ({ id }) => {
      announced = announced.map((item) => (item.id === id ? { ...item, standing: "over" } : item));
      return { items: announced };
    },
    "support.requests": () => ({ items: asked, more: false }),
    "support.ask": ({ question, screen, reference, shown, with_people }) => {
      asked = [{ id: `help-${asked.length}`, question, about: reference ? `${screen}, ${reference}` : screen, shown: with_people ? shown : null, organisation: "Northbridge Magistrates’ Court", at: "2026-11-23T10:00:00Z", answer: null, answered: null }, ...asked];
      return { items: asked, more: false };
    },
    "support.waiting": () => ({ items: asked.filter((item) => item.answer === null), more: false }),
    "support.answer": ({ id, answer }) => {
      asked = asked.map((item) => (item.id === id ? { ...item, answer, answered: "Noor Hadley, 23 November 2026 at 10:05" } : item));
      return { items: asked.filter((item) => item.answer === null), more: false };
    },
  };
}
