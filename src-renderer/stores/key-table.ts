/**
 * Every key of the window, in the order of the help dialog. Help, badges on buttons and hints of the palette are read from here; what a
 * key does is bound where it is done (`useKeys`). A key in two rows of one scope is refused by a test, and by the store at run time.
 */

/** From the top: work that is under way takes its keys first, then a moment of the past that is shown, then the page, then the window. */
export const KEY_SCOPES = ['task', 'past', 'page', 'app'] as const
export type KeyScope = (typeof KEY_SCOPES)[number]

export interface KeyRow {
  readonly scope: KeyScope
  /** As people read them: `Y`, `Ctrl K`, `Ctrl Shift A`, and `G B` for one after the other. Several: each of them. */
  readonly strokes: readonly string[]
  /** What the help dialog shows in place of the strokes. */
  readonly shown?: readonly string[]
  /** While somebody types: 'also' then, or 'only' then; without it not then. */
  readonly typing?: 'also' | 'only'
  /** Also over an open dialog or menu of somebody else. */
  readonly overlay?: true
  /** A key that is held down counts once. */
  readonly once?: true
  /** Buttons and links keep this key for themselves. */
  readonly notOnControls?: true
  /** No row of its own in the help dialog. */
  readonly help?: false
}

export const KEY_TABLE = {
  palette: { scope: 'app', strokes: ['Ctrl K'], typing: 'also', overlay: true },
  clusters: {
    scope: 'app',
    strokes: ['Ctrl 1', 'Ctrl 2', 'Ctrl 3', 'Ctrl 4', 'Ctrl 5', 'Ctrl 6', 'Ctrl 7', 'Ctrl 8', 'Ctrl 9'],
    shown: ['Ctrl 1', '…', 'Ctrl 9'],
    typing: 'also',
  },
  board: { scope: 'app', strokes: ['G B'] },
  topics: { scope: 'app', strokes: ['G T'] },
  brokers: { scope: 'app', strokes: ['G R'] },
  history: { scope: 'app', strokes: ['G H'] },
  advisor: { scope: 'app', strokes: ['G E'] },
  incident: { scope: 'app', strokes: ['I'] },
  moment: { scope: 'app', strokes: ['G P'] },
  now: { scope: 'past', strokes: ['N'] },
  // Said by the row above.
  leavePast: { scope: 'past', strokes: ['Esc'], once: true, help: false },
  timeline: { scope: 'app', strokes: ['T'] },
  zoom: { scope: 'page', strokes: ['+', '-', '0'] },
  // Bound by the chart itself, as are Home, End, Enter and 0.
  chart: { scope: 'app', strokes: [], shown: ['←', '→'] },
  toNow: { scope: 'page', strokes: ['N'] },
  loss: { scope: 'app', strokes: ['G O'] },
  'what-if': { scope: 'app', strokes: ['G W'] },
  quorum: { scope: 'app', strokes: ['G Q'] },
  audit: { scope: 'app', strokes: ['G A'] },
  changes: { scope: 'app', strokes: ['G C'] },
  settings: { scope: 'app', strokes: ['G S'] },
  list: { scope: 'app', strokes: ['G L'] },
  filter: { scope: 'app', strokes: ['/', 'Ctrl F'], shown: ['/', 'Ctrl F'] },
  // A list that has the focus moves by itself, with the arrows too.
  rows: { scope: 'app', strokes: ['J', 'K'], shown: ['J', 'K', '↓', '↑'] },
  // Bound by the list itself.
  open: { scope: 'app', strokes: [], shown: ['Enter'] },
  // From anywhere on the page; a list that has the focus takes it itself, as it does the others.
  choose: { scope: 'app', strokes: ['Ctrl A'], shown: ['Ctrl A', 'Shift ↓', 'Space'] },
  copyRow: { scope: 'app', strokes: [], shown: ['Ctrl C'] },
  // Bound by the menu.
  menu: { scope: 'app', strokes: [], shown: ['Shift F10'] },
  back: { scope: 'app', strokes: ['Alt ←', 'Backspace'], shown: ['Alt ←', 'Backspace'] },
  forward: { scope: 'app', strokes: ['Alt →'] },
  neighbours: { scope: 'page', strokes: ['[', ']'] },
  pause: { scope: 'app', strokes: ['Space'], notOnControls: true },
  copy: { scope: 'app', strokes: ['Y'] },
  export: { scope: 'app', strokes: ['X'] },
  // Three keys at once, so that no slip of a finger opens a cluster for changes.
  arm: { scope: 'app', strokes: ['Ctrl Shift A'] },
  nextStep: { scope: 'page', strokes: ['Ctrl ↵'], typing: 'also', once: true },
  edit: { scope: 'page', strokes: ['E'] },
  planAgain: { scope: 'page', strokes: ['P'], once: true },
  undo: { scope: 'page', strokes: ['U'], once: true },
  // Said on the note that offers it: of what was just applied, wherever one is.
  undoLast: { scope: 'app', strokes: ['U'], once: true, help: false },
  leave: { scope: 'app', strokes: ['Esc'], typing: 'only' },
  // Said by the row above. Edits that are put away can be brought back, and a change is left as it is.
  putAway: { scope: 'page', strokes: ['Esc'], once: true, help: false },
  // Said on the button that does the same.
  cancel: { scope: 'task', strokes: ['Esc'], typing: 'also', once: true, help: false },
  hints: { scope: 'app', strokes: ['H'] },
  help: { scope: 'app', strokes: ['?'] },
} as const satisfies Record<string, KeyRow>

export type KeyName = keyof typeof KEY_TABLE
export const KEY_NAMES = Object.keys(KEY_TABLE) as readonly KeyName[]
const rows: Readonly<Record<KeyName, KeyRow>> = KEY_TABLE
export const keyRow = (name: KeyName): KeyRow => rows[name]

/** Badge or hint: how the key is written on a button; `nth` of several strokes, '' where there is none. Of one that is bound elsewhere, what is shown. */
export function keyText(name: KeyName, nth = 0): string {
  const { strokes, shown = [] } = keyRow(name)
  return (strokes.length === 0 ? shown : strokes)[nth] ?? ''
}

/** One stroke, understood: `after` is the key that comes before it ('' = none), `key` is `KeyboardEvent.key` in lower case. */
export interface Stroke {
  readonly after: string
  readonly ctrl: boolean
  readonly alt: boolean
  readonly shift: boolean
  readonly key: string
}

const NAMED: Readonly<Record<string, string>> = {
  '↵': 'enter',
  esc: 'escape',
  space: ' ',
  '←': 'arrowleft',
  '→': 'arrowright',
  '↓': 'arrowdown',
  '↑': 'arrowup',
}
const named = (word: string): string => NAMED[word.toLowerCase()] ?? word.toLowerCase()

export function readStroke(text: string): Stroke {
  const words = text.split(' ')
  const key = named(words.at(-1) ?? '')
  const before = words.slice(0, -1)
  const ctrl = before.includes('Ctrl')
  const alt = before.includes('Alt')
  return { after: ctrl || alt ? '' : named(before[0] ?? ''), ctrl, alt, shift: before.includes('Shift'), key }
}

/** Keys with a row of their own in the help dialog; its text is `keys.<name>`. */
export type HelpName = {
  [N in KeyName]: (typeof KEY_TABLE)[N] extends { readonly help: false } ? never : N
}[KeyName]
const isInHelp = (name: KeyName): name is HelpName => keyRow(name).help !== false

export interface KeyHelp {
  readonly name: HelpName
  readonly keys: readonly string[]
}

/** Rows of the help dialog: each key as its own cap. */
export const KEY_HELP: readonly KeyHelp[] = KEY_NAMES.filter(isInHelp).map((name) => {
  const { shown, strokes } = keyRow(name)
  const caps = strokes.flatMap((text) => (readStroke(text).after === '' ? [text] : text.split(' ')))
  return { name, keys: shown ?? caps }
})
