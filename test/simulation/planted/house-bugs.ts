// Planted bugs of the house: who may write, who is out, what is announced, what stands in the audit log.

import type { Bug } from "./bug.ts";
import { hub, store } from "./bug.ts";

export const houseBugs: readonly Bug[] = [
  {
    name: "silence-not-of-simple-lines",
    what: "whoever is silenced can still write in the simple dialect",
    patches: [
      hub(
        "appending",
        "const plain = {",
        'const plain = {\n        simple: connection.dialect.name === "simple",',
      ),
      store(
        "memory/acts",
        "verdictOf(act, scene, this.#limits)",
        "verdictOf(act, call.simple ? Object.assign(scene, { rules: { silenceInPublic() {}, silenceOf() {}, slowModeSeconds: rules.slowModeSeconds } }) : scene, this.#limits)",
      ),
    ],
  },
  {
    name: "slow-mode-by-connection",
    what: "in slow mode each connection of somebody is counted for itself",
    patches: [
      store(
        "memory/acts",
        "author.spoke.set(log, call.at);",
        "author.spoke.set(log, { at: call.at, on: call.origin });",
      ),
      store("memory/scene", "this.rules = rules;", "this.rules = rules;\n        this.origin = call.origin;"),
      store(
        "memory/scene",
        "return (this.#log && this.#user.spoke?.get(this.#log)) ?? 0;",
        "const { at = 0, on } = (this.#log && this.#user.spoke?.get(this.#log)) ?? {};\n        return on === this.origin ? at : 0;",
      ),
    ],
  },
  {
    name: "read-only-in-everyone-alone",
    what: "while only admins write, others can still write in rooms and in private",
    patches: [
      store(
        "voice",
        "if (rules.readOnly !== undefined && !looksAfter(rules, call))",
        'if (rules.readOnly !== undefined && !looksAfter(rules, call) && call.to.kind === "everyone")',
      ),
    ],
  },
  {
    name: "banned-address-stays",
    what: "a ban of an address keeps new connections out, and lets those stay that are there",
    patches: [
      hub(
        "house/following",
        "if (address !== undefined && keys.has(houseKeys.address(address.name)))",
        "if (address === undefined && keys.has(houseKeys.address(address.name)))",
      ),
    ],
  },
  {
    name: "kick-of-one-device",
    what: "of somebody who is put out of the house the newest connection stays",
    patches: [
      hub(
        "house/following",
        "return [...(hub.users.get(user)?.connections ?? [])];",
        "const all = [...(hub.users.get(user)?.connections ?? [])];\n    return all.slice(0, Math.max(1, all.length - 1));",
      ),
    ],
  },
  {
    name: "ban-forgotten-at-restart",
    what: "a hub that begins does not know who is banned",
    patches: [hub("hub", "new HouseRules(", "new HouseRules([]) ?? (")],
  },
  {
    name: "unheard-announcement",
    what: "whoever can't take an announcement when it is made is never told it",
    patches: [hub("house/following", "tellState(hub, connection, of, frames.get(name));", "")],
  },
  {
    name: "order-without-a-line",
    what: "what changes nothing that is kept, such as a kick, is no line of the audit log",
    patches: [
      store("memory/records", "if (audit !== undefined)", "if (audit !== undefined && changes.length > 0)"),
    ],
  },
  {
    name: "look-alike-let-in",
    what: "whoever is not here holds no looks, also if their name is kept",
    patches: [
      store(
        "memory/people",
        "if (user.token === undefined)\n            this.#looks.delete(user);",
        "this.#looks.delete(user);",
      ),
    ],
  },
  {
    name: "ended-login-lives-on",
    what: "of the connections that are in by a login that is ended only one is put out",
    patches: [
      hub(
        "sessions",
        "hereBy(owner.user, session))\n        end",
        "hereBy(owner.user, session).slice(0, 1))\n        end",
      ),
      hub(
        "sessions",
        "isEndedBy(ending, pass))\n            end",
        'stage.state === "deciding" && isEndedBy(ending, pass))\n            end',
      ),
    ],
  },
  {
    name: "login-without-an-end",
    what: "the time of a login is looked at when somebody comes in by it, and never again",
    patches: [hub("expiry", "if (until !== undefined && until <= hub.wall)", "if (until === 0)")],
  },
];
