// Many sessions of people with names of their own, opened with so many logins at a time under way: as fast as the server
// lets them in, without running into its queue of connections.

import { Session } from "./session.js";

export interface CrowdPlan {
  readonly port: number;
  readonly connections: number;
}

const atOnce = 200;

/** The path of the n-th of them, with a token that holds the name. */
export function memberPath(number: number, since = ""): string {
  const name = `m${String(number).padStart(5, "0")}`;
  return `/ws?username=${name}&token=the-secret-of-${name}${since}`;
}

/** Resolves when all are in. @throws if one can't get in; later losses go to `failed` */
export async function enterAll(plan: CrowdPlan, failed: (error: Error) => void): Promise<readonly Session[]> {
  const sessions: Session[] = [];
  const refused = Promise.withResolvers<never>();
  const fail = (error: Error) => {
    refused.reject(error);
    failed(error);
  };
  refused.promise.catch(() => {});
  const one = async () => {
    while (sessions.length < plan.connections) {
      const path = memberPath(sessions.length);
      const session = new Session({ port: plan.port, path, failed: fail });
      sessions.push(session);
      await Promise.race([session.entered, refused.promise]);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  return sessions;
}
