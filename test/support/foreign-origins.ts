// Origins of pages that a server on this machine has not given out; PORT stands for its port.

export const foreignOrigins: readonly string[] = [
  "http://evil.example",
  "null",
  "",
  "http://good.example.evil.example",
  "http://localhost",
  "http://localhost:1",
  "http://localhost.evil.example:PORT",
  "http://localhost:PORT@evil.example",
  "http://evil.example:PORT",
  "file://",
  "localhost:PORT",
  "chrome-extension://abcdefgh",
];
