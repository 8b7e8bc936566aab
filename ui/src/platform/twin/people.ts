/** The invented people of the twin's court. For development and tests only. */
import type { Home, OrganisationKind, Person, Service } from "../../contract";

type Seed = [
  email: string,
  name: string,
  role: string,
  organisation: string,
  kind: OrganisationKind,
  home: Home,
  screens: string[],
  suggestion: string,
];

const seeds: Seed[] = [
  ["ada.wren@court.example", "Ada Wren", "Legal adviser", "Northbridge Magistrates’ Court", "court", "hearings", ["hearings", "cases", "alarms", "deliveries", "printouts", "translations", "notices"], "Open today’s list for Courtroom 1 and result a hearing."],
  ["kofi.marsh@cps.example", "Kofi Marsh", "Crown prosecutor", "CPS North", "prosecutor", "cases", ["cases", "printouts", "notices"], "Open a case and serve its IDPC bundle."],
  ["iris.thorne@thorne.example", "Iris Thorne", "Defence solicitor", "Thorne & Vale Solicitors", "defence_firm", "cases", ["cases", "printouts", "notices"], "Find case 20 NB 1234526 and go on record."],
  ["joel.hart@hartfield.example", "Joel Hart", "Defence solicitor", "Hartfield Law", "defence_firm", "cases", ["cases", "printouts", "notices"], "See that another firm’s case stays out of sight."],
  ["mina.oak@prison.example", "Mina Oak", "Prison officer, custody office", "HMP Aldermoor", "prison", "inbox", ["inbox", "printouts", "notices"], "Open a warrant and acknowledge it."],
  ["hal.corbin@thorne.example", "Hal Corbin", "Practice manager", "Thorne & Vale Solicitors", "defence_firm", "people", ["people", "notices", "help"], "Invite a colleague."],
  ["noor.hadley@service.example", "Noor Hadley", "Service administrator", "Demo service", "service", "organisations", ["notices", "organisations", "announcements", "rules", "help"], "Decide on a registration."],
  ["tom.reed@probation.example", "Tom Reed", "Probation officer", "Northbridge Probation Team", "probation", "inbox", ["inbox", "printouts", "notices"], "Acknowledge a community order."],
  ["bryn.calder@court.example", "Bryn Calder", "Court administrator", "Northbridge Magistrates’ Court", "court", "hearings", ["hearings", "cases", "access", "notices"], "Give somebody permission on a case."],
  ["yusuf.bramall@service.example", "Yusuf Bramall", "Auditor", "The service", "service", "audit", ["audit", "notices"], "Read who saw and did what."],
];

function person([email, name, role, organisation, kind, home, screens]: Seed, at: number): Person {
  return {
    account_id: `account-${at}`,
    name,
    email,
    groups: [],
    role,
    organisation_id: `organisation-${at}`,
    organisation,
    organisation_kind: kind,
    home,
    screens,
    answers_help: screens.includes("announcements"),
    second_factor_missing: false,
    by_provider: false,
    by_passkey: false,
    unread: 2,
  };
}

export const people: Person[] = seeds.map(person);

export const service: Service = {
  version: "0.1.0",
  today: "2026-11-23",
  demo: true,
  demo_people: seeds.map(([email, name, role, organisation, , , , suggestion]) => ({
    email,
    name,
    role,
    organisation,
    suggestion,
  })),
  demo_password: "court-demo",
  service_centre: null,
  lock_after: 900,
};
