// The commands of the events dialect: what `help` lists, with an example that can be sent as it
// stands. PROTOCOL.md has a section for each.

interface CommandRow {
  readonly what: string;
  readonly example: string;
}

export const commands = {
  login: {
    what: "take a name; a token keeps it yours",
    example: '{"type":"login","payload":{"username":"alice"}}',
  },
  send_message: {
    what: "say something to everyone, or to one conversation",
    example: '{"type":"send_message","id":1,"payload":{"message":"Hello everyone!"}}',
  },
  private_message: {
    what: "say something to one person",
    example: '{"type":"private_message","id":2,"payload":{"message":"Hey, how are you?","to":"sara"}}',
  },
  history: {
    what: "read a page of a conversation: the newest, or before, after or around a seq",
    example: '{"type":"history","id":3,"payload":{"conversation":"everyone","limit":20}}',
  },
  log: {
    what: "read the entries after a seq, as they were pushed",
    example: '{"type":"log","id":4,"payload":{"conversation":"everyone","after":0}}',
  },
  conversations: {
    what: "list your conversations and what is unread in them",
    example: '{"type":"conversations","id":5}',
  },
  users: { what: "list who is here", example: '{"type":"users","id":6}' },
  delivered: {
    what: "say up to where you have got a conversation",
    example: '{"type":"delivered","payload":{"conversation":"everyone","seq":1}}',
  },
  read: {
    what: "say up to where you have read a conversation",
    example: '{"type":"read","payload":{"conversation":"everyone","seq":1}}',
  },
  ping: { what: "ask for a sign of life", example: '{"type":"ping","id":7}' },
  help: { what: "get this list and the limits", example: '{"type":"help"}' },
} as const satisfies Record<string, CommandRow>;

export type CommandType = keyof typeof commands;

const types: ReadonlySet<string> = new Set(Object.keys(commands));

export function isCommandType(type: string): type is CommandType {
  return types.has(type);
}
