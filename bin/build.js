// `npm run build`: sets up what is missing and builds, whether something has changed or not.
import { setUp } from "./setup.js";

await setUp({ rebuild: true });
