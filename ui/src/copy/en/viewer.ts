/** Reading a paper or a document. */
export const viewer = {
  loading: "Opening…",
  got: (got: string, total: string) => `Opening: ${got} of ${total}`,
  page: "Page",
  of: (pages: number) => `of ${pages}`,
  previous: "Previous page",
  next: "Next page",
  zoomIn: "Larger",
  zoomOut: "Smaller",
  fit: "Fit width",
  pageLabel: (page: number) => `Page ${page}`,
  pages: "Pages",
  back: "Back",
  toolbar: "Reading",
};
