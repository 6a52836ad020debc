/** Which key means what. Pure: the event's facts in, an action out; keyboard.ts does it. */
export type KeyAction =
  | { readonly kind: 'page'; readonly page: 'board' | 'topics' | 'brokers' | 'changes' | 'settings' | 'connect' }
  | { readonly kind: 'cluster'; readonly nth: number }
  | { readonly kind: 'prefix' }
  | { readonly kind: 'palette' | 'filter' | 'rows' | 'back' | 'pause' | 'copy' | 'export' | 'help' | 'leave' | 'arm' }

export interface KeyFacts {
  readonly key: string
  readonly ctrl: boolean
  readonly alt: boolean
  readonly shift?: boolean
  /** Focus is in something one types into. */
  readonly typing: boolean
  /** Focus is on a button, link or the like, which Space and Enter belong to. */
  readonly onControl: boolean
  /** A dialog or menu is open: it has its own keys. */
  readonly overlay: boolean
  /** G was pressed just before. */
  readonly afterG: boolean
}

type Page = Extract<KeyAction, { kind: 'page' }>['page']
const PAGES: Readonly<Partial<Record<string, Page>>> = {
  b: 'board',
  t: 'topics',
  r: 'brokers',
  c: 'changes',
  s: 'settings',
  l: 'connect',
}
const PLAIN: Readonly<Partial<Record<string, Exclude<KeyAction['kind'], 'page' | 'cluster'>>>> = {
  g: 'prefix',
  '/': 'filter',
  '?': 'help',
  y: 'copy',
  x: 'export',
  j: 'rows',
  k: 'rows',
  backspace: 'back',
}

const pageAfterG = (key: string): KeyAction | null => {
  const page = PAGES[key]
  return page === undefined ? null : { kind: 'page', page }
}

export function keyAction(facts: KeyFacts): KeyAction | null {
  const key = facts.key.toLowerCase()
  if (facts.ctrl && !facts.alt) {
    if (key === 'k') return { kind: 'palette' }
    // Three keys at once, so that no slip of a finger opens a cluster for changes.
    if (facts.shift === true && key === 'a' && !facts.typing && !facts.overlay) return { kind: 'arm' }
    if (!facts.overlay && key >= '1' && key <= '9' && key.length === 1) return { kind: 'cluster', nth: Number(key) }
    return null
  }
  if (facts.alt || facts.overlay) return null
  if (facts.typing) return key === 'escape' ? { kind: 'leave' } : null
  if (facts.afterG) return pageAfterG(key)
  if (key === ' ') return facts.onControl ? null : { kind: 'pause' }
  const kind = PLAIN[key]
  return kind === undefined ? null : { kind }
}

/** Rows of the help dialog: keys and the text that explains them. */
export const KEY_HELP: readonly { readonly keys: readonly string[]; readonly text: string }[] = [
  { keys: ['Ctrl K'], text: 'palette' },
  { keys: ['Ctrl 1', '…', 'Ctrl 9'], text: 'clusters' },
  { keys: ['G', 'B'], text: 'board' },
  { keys: ['G', 'T'], text: 'topics' },
  { keys: ['G', 'R'], text: 'brokers' },
  { keys: ['G', 'C'], text: 'changes' },
  { keys: ['G', 'S'], text: 'settings' },
  { keys: ['G', 'L'], text: 'list' },
  { keys: ['/'], text: 'filter' },
  { keys: ['J', 'K', '↓', '↑'], text: 'rows' },
  { keys: ['Enter'], text: 'open' },
  { keys: ['Backspace'], text: 'back' },
  { keys: ['[', ']'], text: 'neighbours' },
  { keys: ['Space'], text: 'pause' },
  { keys: ['Y'], text: 'copy' },
  { keys: ['X'], text: 'export' },
  { keys: ['Ctrl Shift A'], text: 'arm' },
  { keys: ['Ctrl ↵'], text: 'nextStep' },
  { keys: ['E'], text: 'edit' },
  { keys: ['P'], text: 'planAgain' },
  { keys: ['U'], text: 'undo' },
  { keys: ['Esc'], text: 'leave' },
  { keys: ['?'], text: 'help' },
]
