import { openMemory } from "../dist/stores/memory.js";
import { storeSuite } from "./store-suite.js";

storeSuite({ name: "the memory store", open: openMemory });
