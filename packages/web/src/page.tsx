// The page's beginning: what the browser gives (storage, address, network) is handed in here.

import type { JSX } from "preact";
import { options, render } from "preact";
import { Chat } from "./state/chat.js";
import { takeToken } from "./state/fragment.js";
import { openIdentity } from "./state/identity.js";
import { openKept } from "./state/kept.js";
import { openDrawer } from "./state/storage.js";
import { Door } from "./views/door.js";
import { HouseView } from "./views/house.js";

/** A page that is covered or in the background gets no frames, and still has its title and its marks to keep up. */
const longestFrameMs = 100;

// A flood is drawn once per frame, not once per message.
options.debounceRendering = (draw) => {
  const once = (): void => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    draw();
  };
  const frame = requestAnimationFrame(once);
  const timer = setTimeout(once, longestFrameMs);
};

const lasting = openDrawer(() => localStorage);
const passing = openDrawer(() => sessionStorage);
const chat = new Chat({
  url: `${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}/ws`,
  identity: openIdentity(lasting),
  kept: (name) => openKept(lasting, passing, name),
  brought: takeToken(),
});

window.addEventListener("popstate", () => {
  const brought = takeToken();
  if (brought === undefined) chat.hashChanged();
  else chat.bring(brought);
});
window.addEventListener("storage", ({ key, newValue }) => {
  if (key !== null) chat.keptElsewhere(key, newValue ?? undefined);
});
window.addEventListener("online", () => chat.session.peek()?.wake());
window.addEventListener("pagehide", () => chat.session.peek()?.reader.keep());
document.addEventListener("visibilitychange", () => {
  if (document.hidden) chat.session.peek()?.reader.keep();
  else chat.session.peek()?.wake();
});

function Page(): JSX.Element {
  const session = chat.session.value;
  return session?.name === undefined ? <Door chat={chat} /> : <HouseView chat={chat} session={session} />;
}

const root = document.getElementById("page");
if (root === null) throw new Error("index.html has no #page");
render(<Page />, root);
