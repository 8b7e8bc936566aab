/** How the twin refuses, in the words of the server; and what it has nothing of. */
import type { Problem } from "../../contract";

export function refuse(code: Problem["code"], title: string, hint: string, detail = ""): never {
  throw { code, title, detail, hint, reference: null } satisfies Problem;
}

export const notFound = (): never =>
  refuse("not_found", "There is nothing here that you can see.", "Check the reference. If you should have access, ask the court or your organisation’s administrator.");

/** No browser comes back here with a passkey. */
export const withoutPasskeys = {
  "account.begin_passkey": notFound,
  "account.end_passkey": notFound,
  "account.begin_passkey_sign_in": notFound,
  "account.end_passkey_sign_in": notFound,
  "account.begin_passkey_proof": notFound,
  "account.end_passkey_proof": notFound,
};
