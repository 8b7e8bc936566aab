/** Light, dark, high contrast, or as the computer is set. Remembered on this computer. */
export const themes = ["system", "light", "dark", "contrast"] as const;
export type Theme = (typeof themes)[number];

const KEY = "appearance";

function remembered(): Theme {
  const kept = localStorage.getItem(KEY);
  return themes.find((theme) => theme === kept) ?? "system";
}

let theme = $state<Theme>(remembered());

function show(): void {
  document.documentElement.dataset["theme"] = theme;
}

show();

export const appearance = {
  get theme() {
    return theme;
  },
  choose(next: Theme) {
    theme = next;
    localStorage.setItem(KEY, next);
    show();
  },
};
