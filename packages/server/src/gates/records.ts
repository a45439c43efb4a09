// How a gate reaches the small records that the store keeps for it.

import type { Keep, Kept, ListRecords, Recall, Recalled, RecordsListed, StoreRefusal } from "chat-hub";

/** Asks the store, and is answered once; never throws. What is kept and recalled is answered in the order asked. */
export interface AskRecords {
  (call: Keep): Promise<Kept | StoreRefusal>;
  (call: Recall): Promise<Recalled | StoreRefusal>;
  (call: ListRecords): Promise<RecordsListed | StoreRefusal>;
}
