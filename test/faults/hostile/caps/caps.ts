// Fault 33: every cap that a client can meet: as many as there may be work, one more gets the refusal of
// the documents, and when one is given back there is room again.

import type { Fault } from "../../fault.ts";
import { visitKept } from "../../load/visitor.ts";
import { whileUsersChat } from "../company.ts";
import { tryConnections, tryLogins } from "./connections.ts";
import { tryCounts } from "./counts.ts";
import { expectInto } from "./expect.ts";
import { tryLengths } from "./lengths.ts";

export const caps: Fault = {
  number: 33,
  name: "every cap that a client can meet: N, N + 1, and N again when one is given back",
  seconds: 30,
  run: (_seed, size) =>
    whileUsersChat(size, ["--limits", "off"], async ({ url }) => {
      const broken: string[] = [];
      const expect = expectInto(broken);
      const alice = await visitKept(url, "alice");
      await alice.does("create_room", { conversation: "#caps" });
      const lengths = await tryLengths(alice, expect);
      const counts = await tryCounts(url, alice, expect);
      const logins = await tryLogins(url, expect);
      const connections = await tryConnections(expect);
      alice.breaks();
      const count = lengths + counts + logins + connections.done;
      return {
        injected: `${count} caps at N, N + 1 and N again`,
        broken,
        notes: ["members of a room (10,000): test/wire/limits.test.ts, with fewer", ...connections.notes],
      };
    }),
};
