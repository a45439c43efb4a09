// Every errand that the shell can ask for.

import type { Errands } from "./errand.js";
import { userErrands } from "./users.js";

export const errands: Errands = { ...userErrands };
