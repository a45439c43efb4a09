// Every errand that the shell can ask for.

import { adminErrands } from "./admins.js";
import type { Errands } from "./errand.js";
import { tokenErrands } from "./tokens.js";
import { userErrands } from "./users.js";

export const errands: Errands = { ...userErrands, ...adminErrands, ...tokenErrands };
