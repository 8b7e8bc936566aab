/** How the service centre is reached, as this court last said it: it is known here when the server cannot be reached. */
const KEY = "service-centre";

let said = $state<string | null>(localStorage.getItem(KEY));

export const contact = {
  get said() {
    return said;
  },
};

/** What the server says now. */
export function learn(contact: string | null): void {
  said = contact;
  if (contact === null) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, contact);
}
