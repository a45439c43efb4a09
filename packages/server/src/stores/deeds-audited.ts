// Which deeds are lines of the audit log, as far as every store agrees: what is done to others, to what
// they wrote, or to a whole room by those who look after it. Nothing of what anybody said stands there.

import type { Act, AuditLine } from "chat-hub";
import type { Scene, Target, Whom } from "./verdict.js";

/** The line of an act that is written, if it is one. */
export function auditOf(
  act: Act,
  scene: Scene,
  target: Target | undefined,
  whom: Whom | undefined,
): AuditLine | undefined {
  const line = (action: string, about: string, ...detail: readonly (string | undefined)[]): AuditLine => ({
    by: scene.nameOf(scene.author.user),
    action,
    about,
    detail: detail.filter((part) => part !== undefined && part !== "").join(", "),
  });
  const where = scene.place.kind === "room" ? `#${scene.room?.name}` : "everyone";
  switch (act.type) {
    case "kick":
      return line("kick", whom?.name ?? "", where, act.reason);
    case "ban":
      return line(act.on ? "ban" : "unban", whom?.name ?? "", where, term(act.forSeconds), act.reason);
    case "silence":
      return line(
        act.on ? "silence" : "unsilence",
        whom?.name ?? "",
        where,
        term(act.forSeconds),
        act.reason,
      );
    case "role":
      return line("set_role", whom?.name ?? "", where, act.role);
    case "archive":
      return line("archive_room", where, act.on ? "on" : "off");
    case "slow":
      return line("slow_mode", where, `${act.seconds} s`);
    case "retention":
      return line("set_retention", where, `${act.seconds} s`);
    case "deletion":
      return isAnothers(scene, target)
        ? line("delete_message", scene.nameOf(target.author), where, `message ${act.target}`)
        : undefined;
    case "pin":
      return !act.on && isAnothers(scene, target)
        ? line("unpin", scene.nameOf(target.author), where, `message ${act.target}`)
        : undefined;
    default:
      return undefined;
  }
}

function isAnothers(scene: Scene, target: Target | undefined): target is Target {
  return target !== undefined && target.author !== scene.author.user;
}

function term(forSeconds: number | undefined): string | undefined {
  return forSeconds === undefined ? undefined : `for ${forSeconds} s`;
}
