/** Which binding a pressed key belongs to. Pure: the facts of the event in, the binding out; the store runs it. */
import type { KeyName, Stroke } from './key-table'
import { KEY_SCOPES, keyRow, readStroke } from './key-table'

export interface KeyBinding {
  readonly key: KeyName
  /** The key is left alone while this answers false. */
  readonly when?: () => boolean
  readonly run: (event: KeyboardEvent) => unknown
}

export interface KeyPress {
  /** `KeyboardEvent.key` */
  readonly key: string
  /** Ctrl, or the Mac's ⌘. */
  readonly ctrl: boolean
  readonly alt: boolean
  readonly shift: boolean
  /** Held down. */
  readonly repeat: boolean
  /** Focus is in something one types into. */
  readonly typing: boolean
  /** Focus is on a button, link or the like. */
  readonly onControl: boolean
  /** A dialog or menu is open. */
  readonly overlay: boolean
  /** First key of a pair that was pressed just before, '' = none. */
  readonly after: string
}

export type FoundKey =
  | { readonly kind: 'run'; readonly binding: KeyBinding }
  /** First of a pair: the next key counts after it. */
  | { readonly kind: 'first'; readonly key: string }

function mayRun(binding: KeyBinding, press: KeyPress): boolean {
  const row = keyRow(binding.key)
  if (press.overlay && row.overlay !== true) return false
  if (press.typing ? row.typing === undefined : row.typing === 'only') return false
  if (press.repeat && row.once === true) return false
  return !(press.onControl && row.notOnControls === true)
}

/** Alone, a letter may be large or small; with Ctrl or Alt, Shift makes another stroke of it. */
const shiftFits = (stroke: Stroke, press: KeyPress): boolean =>
  stroke.ctrl || stroke.alt ? stroke.shift === press.shift : press.shift || !stroke.shift

/** The top-most binding that wants the key, or null: it is nobody's. After the first key of a pair only a second one counts. */
export function findKey(bindings: readonly KeyBinding[], press: KeyPress): FoundKey | null {
  const key = press.key.toLowerCase()
  let first: FoundKey | null = null
  for (const scope of KEY_SCOPES) {
    for (const binding of bindings) {
      if (keyRow(binding.key).scope !== scope || !mayRun(binding, press)) continue
      for (const stroke of keyRow(binding.key).strokes.map(readStroke)) {
        if (stroke.ctrl !== press.ctrl || stroke.alt !== press.alt || !shiftFits(stroke, press)) continue
        const after = press.ctrl || press.alt ? '' : press.after
        if (stroke.key === key && stroke.after === after && binding.when?.() !== false) return { kind: 'run', binding }
        if (stroke.after === key && after === '') first ??= { kind: 'first', key }
      }
    }
  }
  return first
}

/** Strokes that two different rows of one scope claim: `page P: edit, planAgain`. Empty is right. */
export function keyClashes(names: readonly KeyName[]): string[] {
  const claims = new Map<string, KeyName[]>()
  for (const name of names) {
    const { scope, strokes } = keyRow(name)
    for (const text of strokes) {
      const place = `${scope} ${text}`
      claims.set(place, [...(claims.get(place) ?? []), name])
    }
  }
  return [...claims].flatMap(([place, claimed]) => (claimed.length > 1 ? [`${place}: ${claimed.join(', ')}`] : []))
}
