// The line being typed, key by key.

import fc from "fast-check";
import { expect, test } from "vitest";
import type { Offer } from "../src/commands/offers.js";
import { offersAt } from "../src/commands/offers.js";
import type { Editor, Pressed } from "../src/editor.js";
import { emptyEditor, press } from "../src/editor.js";
import type { Key, Stroke } from "../src/keys.js";
import { strokeOf } from "../src/keys.js";
import { segment } from "../src/width.js";

/** What there is to complete, in a talk with three others. */
const offers = (before: string): readonly Offer[] =>
  offersAt(before, {
    names: ["alice", "albert", "Bob"],
    ours: ["#dev"],
    others: ["#ops"],
    lines: ["41", "7"],
  });

/** `"text"` is typed; `"<left>"` is a key. */
function type(editor: Editor, ...keys: readonly string[]): Editor {
  return keys.reduce((state, key) => pressed(state, key).editor, editor);
}

function pressed(editor: Editor, key: string): Pressed {
  const name = /^<(\w+)>$/.exec(key)?.[1];
  const stroke = name === undefined ? { type: "text", text: key } : { type: name };
  return press(editor, stroke as Stroke, offers);
}

/** The draft with a bar where the cursor is. */
const shown = ({ text, cursor }: Editor): string => `${text.slice(0, cursor)}|${text.slice(cursor)}`;

test("letters go in where the cursor is", () => {
  expect(shown(type(emptyEditor, "held", "<left>", "lo wor", "<end>", "!"))).toBe(
    "hello world!|".replace("world", "word"),
  );
});

test("a family, a flag and a letter with its marks are one step and one deletion", () => {
  for (const one of ["👨‍👩‍👧", "🇦🇹", "e\u0301", "👍🏽", "नि"]) {
    expect(shown(type(emptyEditor, `a${one}b`, "<left>", "<left>"))).toBe(`a|${one}b`);
    expect(shown(type(emptyEditor, `a${one}b`, "<left>", "<rubLeft>"))).toBe("a|b");
    expect(shown(type(emptyEditor, `a${one}b`, "<home>", "<right>", "<rubRight>"))).toBe("a|b");
  }
});

test("words are jumped over and cut, lines are cut, and what was cut comes back", () => {
  const typed = type(emptyEditor, "send it, to bob");
  expect(shown(type(typed, "<wordLeft>", "<wordLeft>"))).toBe("send it, |to bob");
  expect(shown(type(typed, "<home>", "<wordRight>"))).toBe("send| it, to bob");
  expect(shown(type(typed, "<cutWordLeft>"))).toBe("send it, to |");
  expect(shown(type(typed, "<wordLeft>", "<cutToStart>"))).toBe("|bob");
  expect(shown(type(typed, "<wordLeft>", "<cutToEnd>"))).toBe("send it, to |");
  expect(shown(type(typed, "<wordLeft>", "<cutToEnd>", "<home>", "<yank>"))).toBe("bob|send it, to ");
});

test("Enter gives the draft away; a blank one is only put aside", () => {
  const { editor, deed } = pressed(type(emptyEditor, "hello"), "<enter>");
  expect(deed).toEqual({ type: "entered", text: "hello" });
  expect(shown(editor)).toBe("|");
  expect(pressed(type(emptyEditor, "   "), "<enter>").deed).toBeUndefined();
});

test("a paste of many lines is one draft, and nothing of it is sent before Enter", () => {
  let editor = type(emptyEditor, "<pasteStart>", "one");
  for (const key of ["<enter>", "two", "<newline>", "<complete>", "three", "<older>", "<interrupt>"]) {
    const result = pressed(editor, key);
    expect(result.deed).toBeUndefined();
    editor = result.editor;
  }
  editor = type(editor, "<pasteEnd>");
  expect(pressed(editor, "<enter>").deed).toEqual({ type: "entered", text: "one\ntwo\n\tthree" });
});

test("up and down go through what was written, and back to the draft as it was left", () => {
  const written = type(emptyEditor, "one", "<enter>", "two", "<enter>", "two", "<enter>", "draft");
  expect(shown(type(written, "<older>"))).toBe("two|");
  expect(shown(type(written, "<older>", "<older>"))).toBe("one|");
  expect(shown(type(written, "<older>", "<older>", "<older>"))).toBe("one|");
  expect(shown(type(written, "<older>", "<older>", "<newer>", "<newer>"))).toBe("draft|");
  expect(shown(type(written, "<newer>"))).toBe("draft|");
});

test("Ctrl-D leaves from an empty line and deletes in any other; Ctrl-C leaves from both", () => {
  expect(pressed(emptyEditor, "<endOfInput>").deed).toEqual({ type: "leave" });
  expect(shown(type(emptyEditor, "ab", "<home>", "<endOfInput>"))).toBe("|b");
  expect(pressed(type(emptyEditor, "ab"), "<interrupt>").deed).toEqual({ type: "interrupt" });
});

test("Tab completes what can stand there: names, rooms and emoji in what is said, and what a command takes", () => {
  const tab = (text: string, times = 1): string =>
    shown(type(emptyEditor, text, ...Array.from({ length: times }, () => "<complete>")));
  expect(tab("see #d")).toBe("see #dev |");
  expect(tab("nice :ta")).toBe("nice 🎉 |");
  expect(tab("/join o")).toBe("/join #ops |");
  expect(tab("/join #", 2)).toBe("/join #ops |");
  expect(tab("/to ")).toBe("/to #dev |");
  expect(tab("/whois a")).toBe("/whois alice |");
  expect(tab("/reply ")).toBe("/reply 41 |");
  expect(tab("/reply ", 2)).toBe("/reply 7 |");
  expect(tab("/reply 41 a")).toBe("/reply 41 alice |");
  expect(tab("/react 41 ro")).toBe("/react 41 🚀 |");
  expect(tab("/react he")).toBe("/react ❤️ |");
  expect(tab("/role bob mo")).toBe("/role bob moderator |");
  expect(tab("/role bob moderator d")).toBe("/role bob moderator #dev |");
  expect(tab("/status b")).toBe("/status busy |");
  expect(tab("/status busy with a")).toBe("/status busy with alice |");
  expect(tab("/nothing a")).toBe("/nothing a|");
  expect(tab("/who a")).toBe("/who a|");
  expect(tab("/help wh")).toBe("/help who |");
});

test("Tab completes names anywhere and commands at the beginning, and goes round", () => {
  expect(shown(type(emptyEditor, "al", "<complete>"))).toBe("alice: |");
  expect(shown(type(emptyEditor, "al", "<complete>", "<complete>"))).toBe("albert: |");
  expect(shown(type(emptyEditor, "al", "<complete>", "<complete>", "<complete>"))).toBe("alice: |");
  expect(shown(type(emptyEditor, "al", "<completeBack>"))).toBe("albert: |");
  expect(shown(type(emptyEditor, "@a", "<complete>"))).toBe("@alice |");
  expect(shown(type(emptyEditor, "ask b", "<complete>", "now"))).toBe("ask Bob now|");
  expect(shown(type(emptyEditor, "/hi", "<complete>"))).toBe("/history |");
  expect(shown(type(emptyEditor, "and /h", "<complete>"))).toBe("and /h|");
  expect(shown(type(emptyEditor, "x", "<complete>"))).toBe("x|");
});

test("what is completed before a mark takes the mark along", () => {
  expect(shown(type(emptyEditor, "al", "<complete>"))).toBe("alice: |");
  expect(shown(type(emptyEditor, "al", " ", "\u0301", "<left>", "<complete>"))).toBe("alice: \u0301|");
});

test("whatever is pressed, the cursor stands between graphemes and inside the draft", () => {
  const stroke = fc.oneof(
    fc
      .constantFrom("a", "👨‍👩‍👧", "\u0301", "\u200d", "👧", "你", " ", "🇦", "\ud83d")
      .map((text) => ({ type: "text", text })),
    fc
      .constantFrom(
        ...["left", "right", "wordLeft", "wordRight", "home", "end", "rubLeft", "rubRight", "cutWordLeft"],
        ...[
          "cutWordRight",
          "cutToStart",
          "cutToEnd",
          "yank",
          "older",
          "newer",
          "enter",
          "newline",
          "complete",
        ],
        ...["completeBack", "pasteStart", "pasteEnd", "endOfInput"],
      )
      .map((name) => ({ type: name })),
  );
  fc.assert(
    fc.property(fc.array(stroke, { maxLength: 60 }), (strokes) => {
      let editor = emptyEditor;
      for (const one of strokes) {
        ({ editor } = press(editor, one as Stroke, offers));
        const edges = [...segment(editor.text).map(({ index }) => index), editor.text.length];
        expect(edges).toContain(editor.cursor);
        expect(editor.place).toBeGreaterThanOrEqual(0);
        expect(editor.place).toBeLessThanOrEqual(editor.past.length);
        expect(editor.past).not.toContain("");
      }
    }),
  );
});

test("whatever is pressed and whichever way one has gone, going on to the newest brings the draft back", () => {
  const ways = fc.array(fc.constantFrom("<older>", "<newer>", "<left>", "<home>"), { maxLength: 12 });
  fc.assert(
    fc.property(fc.array(fc.constantFrom("one", "two", " "), { maxLength: 4 }), ways, (lines, way) => {
      const written = type(emptyEditor, ...lines.flatMap((line) => [line, "<enter>"]), "draft");
      const gone = type(written, ...way);
      expect(type(gone, ...written.past.map(() => "<newer>")).text).toBe("draft");
    }),
  );
});

test("whatever key comes from a terminal, a draft holds nothing but text and line ends", () => {
  const key = fc.record(
    {
      name: fc.constantFrom(
        "a",
        "return",
        "enter",
        "tab",
        "escape",
        "f5",
        "paste-start",
        "paste-end",
        "__proto__",
      ),
      ctrl: fc.boolean(),
      meta: fc.boolean(),
      shift: fc.boolean(),
    },
    { requiredKeys: [] },
  );
  const char = fc.oneof(
    fc.nat(0xff).map((code) => String.fromCharCode(code)),
    fc.constantFrom(undefined, "\u001b[15~", "你"),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(char, key)), (keys) => {
      let editor = emptyEditor;
      for (const [text, one] of keys) {
        const stroke = strokeOf(text, one);
        if (stroke !== undefined) ({ editor } = press(editor, stroke, offers));
        expect(editor.text).not.toMatch(/[^\P{Cc}\n\t]/u);
      }
    }),
    { numRuns: 1_000 },
  );
});

test("keys mean what they mean in a shell, and one without a meaning types nothing", () => {
  const key = (name: string, more: Partial<Key> = {}): string | undefined =>
    strokeOf(undefined, { name, ...more })?.type;
  const control = { ctrl: true };
  expect(["a", "e", "k", "u", "w", "c", "d"].map((name) => key(name, control))).toEqual([
    ...["home", "end", "cutToEnd", "cutToStart", "cutWordLeft", "interrupt", "endOfInput"],
  ]);
  expect([key("left", control), key("b", { meta: true }), key("right", { meta: true })]).toEqual([
    ...["wordLeft", "wordLeft", "wordRight"],
  ]);
  expect(strokeOf("\u001b[15~", { name: "f5", sequence: "\u001b[15~" })).toBeUndefined();
  expect(strokeOf("\u0000", { name: "`", ctrl: true })).toBeUndefined();
  expect(strokeOf("ä", { name: "ä", sequence: "ä" })).toEqual({ type: "text", text: "ä" });
});
