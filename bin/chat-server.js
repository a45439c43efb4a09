#!/usr/bin/env node
// `npx chat-server` in a checkout: sets up what is missing, then runs it under the Node of the checkout.
import { launch } from "./setup.js";

await launch("packages/server/bin/chat-server.js");
