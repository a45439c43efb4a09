// What the server says no with, for people to read: what is wrong, and the way out.

interface Said {
  readonly message: string;
  readonly hint?: string;
}

export function sentence({ message, hint }: Said): string {
  return hint === undefined ? capital(message) : `${capital(message)} – ${hint}`;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
