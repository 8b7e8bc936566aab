/** The frame around every screen. */
export const shell = {
  service: "Common Platform",
  demo: "Demo court",
  demoHint: "Everything in this court is invented.",
  skip: "Skip to main content",
  navigation: "Screens",
  screens: {
    cases: "Cases",
    hearings: "Hearings",
    inbox: "Inbox",
    notices: "Notices",
  } as Record<string, string>,
  signOut: "Sign out",
  unread: "unread",
  appearance: "Appearance",
  themes: {
    system: "Colours: as on this computer",
    light: "Light",
    dark: "Dark",
    contrast: "High contrast",
  },
  down: {
    title: "The court’s server cannot be reached.",
    body: "Nothing you typed is lost: it is kept on this computer and sent as soon as the connection is back. We are trying again by ourselves.",
  },
  starting: "Starting…",
  loading: "Loading…",
  suggestions: (count: number) => (count === 1 ? "1 suggestion" : `${count} suggestions`),
  version: (version: string) => `Version ${version}`,
  nothingHere: "Your account opens no case. It runs the service.",
  notAScreen: "There is no such page.",
  goHome: "Go to your first page",
};
