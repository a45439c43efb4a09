// The picture: bars, grouped by what was measured, in one SVG. It is made to stand in a README: text is text, nothing in
// it runs or is loaded, and it has a ground of its own, light or dark as the reader's screen is.

import type { Bar, Chart } from "../scenarios/scenario.js";
import type { Result } from "./result.js";

const columns = 2;
const margin = 24;
const gap = 36;
const panelWidth = 414;
const labelWidth = 172;
/** Room for the longest figure behind the longest bar. */
const toldWidth = 74;
const barHeight = 12;
const rowHeight = 21;
const headHeight = 46;
const panelGap = 26;
const titleHeight = 82;
const footHeight = 34;

const title = "chat-hub beside other servers";
const below = [
  "Blue is ours: with SQLite every message is on the disk before it is delivered. The others store nothing.",
  "Medians of rounds in turn on one machine; less is better, where nothing else is said.",
];

const width = 2 * margin + columns * panelWidth + (columns - 1) * gap;

const style = `
    text { font: 12px -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; fill: #1f2328 }
    .ground { fill: #fff; stroke: #d1d9e0 }
    .title { font-size: 17px; font-weight: 600 }
    .name { font-size: 13px; font-weight: 600 }
    .soft { fill: #59636e }
    .ours { font-weight: 600 }
    .told { font-variant-numeric: tabular-nums }
    .bar { fill: #afb8c1 }
    .bar.ours { fill: #0969da }
    .zero { stroke: #d1d9e0 }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3 }
      .ground { fill: #0d1117; stroke: #3d444d }
      .soft { fill: #9198a1 }
      .bar { fill: #59636e }
      .bar.ours { fill: #4493f8 }
      .zero { stroke: #3d444d }
    }
  `;

/** All charts of the results. @returns a whole SVG document */
export function picture(results: readonly Result[]): string {
  const charts = results.flatMap(({ told }) => told.charts).filter(({ bars }) => bars.length > 0);
  const rows = Array.from({ length: Math.ceil(charts.length / columns) }, (_, row) =>
    charts.slice(row * columns, (row + 1) * columns),
  );
  const panels: string[] = [];
  let y = margin + titleHeight;
  for (const row of rows) {
    for (const [column, chart] of row.entries()) {
      panels.push(panel(chart, margin + column * (panelWidth + gap), y));
    }
    y += headHeight + Math.max(...row.map(({ bars }) => bars.length)) * rowHeight + panelGap;
  }
  const height = y - panelGap + footHeight + margin;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
  <title>${title}</title>
  <desc>${escaped(charts.map(described).join(". "))}.</desc>
  <style>${style}</style>
  <rect class="ground" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="12" />
  ${text(margin, margin + 18, title, "title")}
${below.map((line, n) => `  ${text(margin, margin + 40 + 18 * n, line, "soft")}`).join("\n")}
${panels.join("\n")}
  ${text(margin, height - margin, measured(results), "soft")}
</svg>
`;
}

function panel({ title, bars }: Chart, x: number, y: number): string {
  const [name = "", what = ""] = title.split(/: (.*)/s);
  const most = Math.max(...bars.map(({ value }) => value));
  return [
    `  <g transform="translate(${x} ${y})">`,
    `    ${text(0, 12, name, "name")}`,
    `    ${text(0, 29, what, "soft")}`,
    `    <line class="zero" x1="${labelWidth - 0.5}" x2="${labelWidth - 0.5}" y1="${headHeight - 6}" y2="${headHeight + bars.length * rowHeight - 3}" />`,
    ...bars.map((bar, n) => barLine(bar, headHeight + n * rowHeight, most)),
    "  </g>",
  ].join("\n");
}

function barLine({ label, value, told, ours }: Bar, y: number, most: number): string {
  const room = panelWidth - labelWidth - toldWidth;
  const length = most > 0 ? Math.max(1, (value / most) * room) : 1;
  const base = y + barHeight - 2;
  const kind = ours ? "ours" : "";
  return [
    `    ${text(0, base, label, kind)}`,
    `    <rect class="${`bar ${kind}`.trim()}" x="${labelWidth}" y="${y}" width="${length.toFixed(1)}" height="${barHeight}" rx="2" />`,
    `    ${text(labelWidth + Math.round(length) + 7, base, told, `told ${kind}`.trim())}`,
  ].join("\n");
}

function text(x: number, y: number, said: string, kind: string): string {
  return `<text x="${x}" y="${y}"${kind === "" ? "" : ` class="${kind}"`}>${escaped(said)}</text>`;
}

function described({ title, bars }: Chart): string {
  return `${title}: ${bars.map(({ label, told }) => `${label} ${told}`).join(", ")}`;
}

function measured(results: readonly Result[]): string {
  const about = results[0]?.about;
  if (about === undefined) return "";
  const { cpu, cores, system, node } = about.machine;
  const versions = about.peers.flatMap(({ version }) => version ?? []);
  return [`${cpu}, ${cores} cores, ${system}, Node ${node}`, ...versions].join(" · ");
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
