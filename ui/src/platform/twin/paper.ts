/** Papers and pages that the twin shows: small, valid, and of no case. */
import type { PreviewPage } from "../types";

/** A small, valid PDF of a few pages, made here so that the viewer has something to show. */
export function paper(title: string, pages: number): string {
  const objects: string[] = [];
  const kids = Array.from({ length: pages }, (_, at) => `${4 + at * 2} 0 R`).join(" ");
  objects.push("<< /Type /Catalog /Pages 2 0 R >>");
  objects.push(`<< /Type /Pages /Kids [${kids}] /Count ${pages} >>`);
  objects.push("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
  for (let page = 1; page <= pages; page++) {
    const lines = [`BT /F1 20 Tf 72 760 Td (${title}) Tj ET`, `BT /F1 11 Tf 72 730 Td (Page ${page} of ${pages}) Tj ET`];
    for (let line = 0; line < 24; line++) {
      lines.push(`BT /F1 11 Tf 72 ${690 - line * 20} Td (This line stands for the text of paragraph ${page}.${line + 1} of an invented paper.) Tj ET`);
    }
    const text = lines.join("\n");
    objects.push(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${objects.length + 2} 0 R >>`);
    objects.push(`<< /Length ${text.length} >>\nstream\n${text}\nendstream`);
  }
  let out = "%PDF-1.4\n";
  const offsets: number[] = [];
  objects.forEach((body, at) => {
    offsets.push(out.length);
    out += `${at + 1} 0 obj\n${body}\nendobj\n`;
  });
  const start = out.length;
  out += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  out += offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  out += `trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF`;
  return out;
}

/** What a page of a preview says, in points. */
export function sheet(look: string): PreviewPage {
  const line = (tag: string, baseline: number, text: string) => ({ tag, pieces: [{ x: 72, baseline, width: 5 * text.length, size: 11, text }] });
  return { look, width: 595, height: 842, blocks: [line("H1", 90, "An invented order"), line("P", 120, `This is how it looks now: ${look}.`), line("Artifact", 800, "Page 1 of 1")] };
}

/** The picture of an empty page, as the desktop sends it. */
export function blank(wide: number): string {
  const high = Math.floor((wide * 842) / 595);
  const bytes = new Uint8Array(24 + 4 * wide * high).fill(255);
  [wide, high, 0, 0, wide, high].forEach((number, at) => new DataView(bytes.buffer).setUint32(4 * at, number, true));
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return `data:application/octet-stream;base64,${btoa(text)}`;
}
