// The tables of rights, as PROTOCOL.md shows them.

import type { RefusalCode, Visibility } from "chat-hub";
import { table } from "./markdown.ts";
import type { Column, RightsRow } from "./rights-cells.ts";
import { columns, houseRows, plainCells, rightsRows, verdict } from "./rights-cells.ts";

const titles: Readonly<Record<Column, string>> = {
  nobody: "not logged in",
  stranger: "stranger",
  invited: "invited",
  former: "former member",
  banned: "banned",
  member: "member",
  moderator: "moderator",
  owner: "owner",
};

export function rightsTable(visibility: Visibility): string {
  const rows = rightsRows.map((row) => {
    const cells = columns.map((column) => cell(verdict(row, column, { visibility, archived: false })));
    return [nameOf(row), ...cells, archivedCell(row, visibility)];
  });
  return table(["command", ...columns.map((column) => titles[column]), "if archived"], rows);
}

export function plainRightsTable(): string {
  const rows = plainCells().map(({ command, of, everyone, private: inPrivate }) => [
    nameOf({ command, of }),
    cell(everyone),
    cell(inPrivate),
  ]);
  return table(["command", "everyone", "private"], rows);
}

export function houseRightsTable(): string {
  const rows = houseRows.map((row) => [nameOf(row), cell("login_first"), cell("forbidden"), cell(undefined)]);
  return table(["command", "not logged in", "logged in", "admin"], rows);
}

/** What an archived room says to those who may otherwise. */
function archivedCell(row: RightsRow, visibility: Visibility): string {
  const able = columns.filter(
    (column) => verdict(row, column, { visibility, archived: false }) === undefined,
  );
  const codes = new Set(able.map((column) => verdict(row, column, { visibility, archived: true })));
  if (codes.size > 1) throw new Error(`${row.command} in an archived room is not the same for all`);
  return able.length === 0 ? "–" : cell([...codes][0]);
}

function nameOf({ command, of }: { readonly command: string; readonly of?: string | undefined }): string {
  return `[\`${command}\`](#${command})${of === undefined ? "" : ` ${of}`}`;
}

function cell(code: RefusalCode | undefined): string {
  return code === undefined ? "✓" : `\`${code}\``;
}
