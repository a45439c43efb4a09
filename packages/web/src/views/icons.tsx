// The few pictures there are. None carries a meaning alone: each has a word beside it or as a label.

import type { JSX } from "preact";

const shapes = {
  people:
    "M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6Zm-5.5 7c.4-2.8 2.6-4.5 5.5-4.500s5.1 1.7 5.5 4.500M13.5 5.400a3 3 0 0 1 0 5.200M17.5 18c-.2-1.8-1-3.1-2.3-3.9",
  find: "M9 15A6 6 0 1 0 9 3a6 6 0 0 0 0 12Zm4.5-1.500L18 18",
  close: "m5 5 10 10M15 5 5 15",
  down: "M10 4v12m-5-5 5 5 5-5",
  choose: "m6 8 4 4 4-4",
  leave: "M8 4H5a1 1 0 0 0-1 1v10a1 1 0 0 0 1 1h3m5-9 3 3-3 3m3-3H8",
  sent: "m4.5 10.5 3.5 3.5 7.5-8",
  delivered: "m1.500 10.5 3.5 3.5 7.5-8m-3.500 6.500 1.500 1.500 7.5-8",
  read: "m1.500 10.5 3.5 3.5 7.5-8m-3.500 6.500 1.500 1.500 7.5-8",
  sending: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14Zm0-11v4l2.5 2",
  failed: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14Zm0-10.500V11m0 2.500v.01",
  more: "M5 10v.01M10 10v.01M15 10v.01",
  reply: "M8 5 4 9l4 4M4 9h7a5 5 0 0 1 5 5v1",
  thread: "M4 5h12v8H9l-4 3v-3H4Z",
  edit: "m4 16 1-4 8-8 3 3-8 8Z",
  trash: "M4 6h12M8 6V4h4v2m2 0-.7 10H6.7L6 6",
  pin: "M8 3h5l-.500 5L15 11H5l3-3Zm2 8v6",
  smile:
    "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14Zm-3-5.500c.8 1 1.800 1.500 3 1.500s2.200-.500 3-1.500M7.500 8v.01M12.500 8v.01",
  room: "M8 3 6.500 17M13.500 3 12 17M3.500 7.500h13.500M3 12.500h13.500",
  muted: "M5 13c1-1 1-2 1-4.500a4 4 0 0 1 7-2.600M14 9c0 2.300.2 3.200 1 4H8m1 3h2M3 3l14 14",
  details: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14Zm0-8v4.500M10 6.500v.01",
  add: "M10 4v12M4 10h12",
} as const;

export type Shape = keyof typeof shapes;

export function Icon({ of, size = 20 }: { of: Shape; size?: number }): JSX.Element {
  return (
    <svg viewBox="0 0 20 20" width={size} height={size} aria-hidden="true">
      <path d={shapes[of]} />
    </svg>
  );
}

interface IconButtonProps {
  readonly of: Shape;
  readonly label: string;
  readonly press: () => void;
  readonly class?: string;
  /** It opens and closes something. */
  readonly open?: boolean | undefined;
}

export function IconButton({ of, label, press, class: more = "", open }: IconButtonProps): JSX.Element {
  return (
    <button
      type="button"
      class={`icon-button ${more}`}
      aria-label={label}
      aria-expanded={open}
      title={label}
      onClick={press}
    >
      <Icon of={of} />
    </button>
  );
}

/** The sign of the house: the same bubble as the page's icon. */
export function Sign(): JSX.Element {
  return (
    <svg class="sign" viewBox="0 0 32 32" aria-hidden="true">
      <path d="M16 3C8.3 3 2 8.2 2 14.700c0 3.7 2.1 7 5.3 9.100L6 29l6-3.100c1.3.3 2.6.4 4 .4 7.7 0 14-5.2 14-11.600S23.7 3 16 3Z" />
      <path d="M10 15v.01M16 15v.01M22 15v.01" />
    </svg>
  );
}
