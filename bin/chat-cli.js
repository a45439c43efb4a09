#!/usr/bin/env node
// `npx chat-cli` in a checkout: sets up what is missing, then runs it under the Node of the checkout.
import { launch } from "./setup.js";

await launch("packages/chat-cli/bin/chat-cli.js");
