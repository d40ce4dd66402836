// The page's style sheet.
#pragma once

namespace appraise {

inline constexpr const char* kHtmlStyle = R"css(
:root { --ink: #1b1f24; --quiet: #57606a; --line: #c9d1d9; --soft: #f4f6f8; --accent: #0b4f83; --input: #fff6d6; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-spacing-trim: space-all; }
body { margin: 0; color: var(--ink); background: #fff; line-height: 1.6; font-size: 15px;
  font-family: "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "WenQuanYi Micro Hei", sans-serif; }
header, main, footer { max-width: 1180px; margin: 0 auto; padding: 0 24px; }
header { padding-top: 36px; border-bottom: 3px solid var(--accent); padding-bottom: 14px; }
h1 { font-size: 27px; line-height: 1.35; margin: 0 0 6px; }
h2 { font-size: 20px; margin: 44px 0 12px; padding-left: 10px; border-left: 5px solid var(--accent); }
p { margin: 6px 0; }
.quiet { color: var(--quiet); }
.mark { display: inline-block; margin: 10px 0 0; padding: 3px 12px; border: 2px solid #9a3412; color: #9a3412; font-weight: 700; }
nav ul { margin: 14px 0 0; padding: 0; list-style: none; display: flex; flex-wrap: wrap; gap: 4px 20px; }
a { color: var(--accent); }
figure { margin: 22px 0; }
figure svg { display: block; width: 100%; max-width: 860px; height: auto; margin: 0 auto; }
.scroll { overflow-x: auto; border-top: 2px solid var(--ink); border-bottom: 2px solid var(--ink); }
table { border-collapse: collapse; width: 100%; font-size: 13px; line-height: 1.4; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding: 6px 0; font-size: 14px; }
caption .unit { float: right; color: var(--quiet); }
th, td { padding: 4px 7px; border-bottom: 1px solid var(--line); vertical-align: middle; }
thead th { background: var(--soft); font-weight: 600; text-align: center; min-width: 3.2em; white-space: pre-line;
  border-right: 1px solid var(--line); }
tbody th { font-weight: 400; text-align: left; }
table.wide tbody th, table.wide td.label { white-space: nowrap; }
td.number, td.input, td.total { text-align: right; white-space: nowrap; }
td.input { background: var(--input); }
td.total { font-weight: 600; }
td.rank, td.state, td.sequence, td.label { text-align: center; }
td.state, td.sequence { color: var(--quiet); }
td.plain, td.note { min-width: 12em; white-space: pre-line; }
tfoot td, tfoot th, tr.total td, tr.total th { font-weight: 600; background: var(--soft); }
tr:target { outline: 2px solid var(--accent); }
.notes { color: var(--quiet); font-size: 13px; margin: 8px 0 0; padding: 0; list-style: none; }
details summary { cursor: pointer; color: var(--accent); margin: 8px 0; }
footer { margin-top: 48px; padding-top: 10px; padding-bottom: 30px; color: var(--quiet); font-size: 13px; }
@page { size: A4 portrait; margin: 12mm; }
@page wide { size: A4 landscape; margin: 10mm; }
@media print {
  body { font-size: 9.5pt; }
  header, main, footer { max-width: none; padding: 0; }
  nav { display: none; }
  h2 { break-after: avoid; margin-top: 4mm; }
  section.sheet { page: wide; break-before: page; }
  section.sheet h2 { margin-top: 0; }
  figure { break-inside: avoid; margin: 0 0 6mm; }
  figure svg { width: auto; max-width: 100%; max-height: 255mm; }
  .scroll { overflow: visible; }
  table { font-size: 8pt; line-height: 1.25; }
  table.wide { font-size: 7.2pt; line-height: 1.15; }
  caption { font-size: 9pt; padding: 3pt 0; }
  table.wide th, table.wide td { padding: 1pt 1.2pt; }
  section.sheet h2 { margin-bottom: 1mm; }
  table.wide thead th { min-width: 0; }
  td.plain, td.note { min-width: 0; }
  thead { display: table-header-group; }
  tfoot { display: table-row-group; }
  tr, caption { break-inside: avoid; }
  a { color: inherit; text-decoration: none; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
)css";

} // namespace appraise
