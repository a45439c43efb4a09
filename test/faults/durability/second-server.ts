// Fault 11: a second server on the folder of the first. It says so in one line and ends; the first notices
// nothing.

import { startProcess } from "../../support/server-start.ts";
import type { Fault } from "../fault.ts";
import { Load } from "../load/load.ts";
import { startServer } from "../load/server.ts";

const others = { short: 2, long: 10 };
const refusal =
  /^chat-server: can't open .+: another server is using it: stop that one first, or give this one a directory of its own \(SQLITE_BUSY\)\n$/;

export const secondServer: Fault = {
  number: 11,
  name: "another server is started on the same folder",
  seconds: 3,
  async run(_, size) {
    await using server = await startServer({ flags: ["--limits", "off"] });
    await using load = new Load(server, { senders: 10 });
    await load.acks(100);
    load.faultBegins();
    const tries = Array.from({ length: others[size] }, () => faultsOfSecond(server.folder));
    const broken = (await Promise.all(tries)).flat();
    await load.acks(20);
    load.faultEnds();
    await load.acks(100);
    return await load.findings({ injected: `${others[size]} others at once`, broken });
  },
};

async function faultsOfSecond(folder: string): Promise<readonly string[]> {
  const second = startProcess(["--port", "0", "--data", folder]);
  const listens = second.port().then(
    () => true,
    () => false,
  );
  if (await listens) {
    second.child.kill("SIGKILL");
    return ["two servers have the folder"];
  }
  const { code, out, err } = await second.ended;
  if (code === 1 && out === "" && refusal.test(err)) return [];
  return [`the second ended with ${code}, saying ${JSON.stringify(out + err)}`];
}
