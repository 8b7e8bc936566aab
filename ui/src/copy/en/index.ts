/** English. One file a noun; no sentence is written anywhere else. */
import { access, audit } from "./access";
import { account } from "./account";
import { alarm, delivery } from "./alarm";
import { amend, standing } from "./amend";
import { cases } from "./case";
import { defence, legalAid } from "./defence";
import { grammar } from "./grammar";
import { hearing } from "./hearing";
import { inbox } from "./inbox";
import { notice } from "./notice";
import { activate, door, organisations, people, register } from "./organisation";
import { passkey } from "./passkey";
import { printout } from "./printout";
import { problem } from "./problem";
import { rules } from "./rules";
import { security } from "./security";
import { shell } from "./shell";
import { announcements, help } from "./support";
import { translation } from "./translation";
import { viewer } from "./viewer";
import { words } from "./words";

export const en = { access, account, activate, alarm, amend, announcements, audit, cases, defence, delivery, door, grammar, hearing, help, inbox, legalAid, notice, organisations, passkey, people, printout, problem, register, rules, security, shell, standing, translation, viewer, words };
