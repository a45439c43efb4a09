// The client core. Written next: this file holds the door open for its shells.

import type { Client, ClientOptions } from "./door.js";

/** A client of the events dialect, for one name on one server; it does nothing until `started`. */
export function createClient(_options: ClientOptions): Client {
  return { handle: () => [], deadline: () => undefined };
}
