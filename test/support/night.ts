/** What a night of trouble is, and how what was kept of it is judged: for a process that records alone and for the app whose window is away. */
import type { KeptEvent, Watched } from '../../src-main/contract/history'
import { bookName } from '../../src-main/history/book/book-name'
import type { HistoryOwner } from '../../src-main/history/book/book-name'
import { createHistoryFiles } from '../../src-main/history/book/history-files'
import { createClock } from '../../src-main/ports/clock'
import type { HistoryReader } from '../../src-main/ports/history'
import type { Director, Sandbox } from '../../tools/sandbox'
import { readControllersLog } from './controllers-log'
import { judgeEvents } from './judge-events'
import { join } from 'node:path'

export const MINUTE_MS = 60_000
/** Brokers and controllers write and apply for a moment longer. */
export const QUIET_MS = 3_000
/** Of each list that has to be empty. */
const LINES = 20
const SCENES = ['burst', 'flapping'] as const
const PLAYED_MS = 60_000

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
export const mib = (bytes: number): string => (bytes / 2 ** 20).toFixed(1)

/** `folder`: the one with the files of all clusters. */
export const bookPath = (folder: string, owner: HistoryOwner): string => join(folder, bookName(owner))

/** In a process that only reads. */
export function bookReader(folder: string, owner: HistoryOwner): HistoryReader {
  const onProblem = (cause: unknown): never => {
    throw cause
  }
  return createHistoryFiles(folder, { clock: createClock(), onProblem }).read(owner)
}

/** Oldest first. Throws where one cannot be read. */
export function everyEvent(book: HistoryReader): KeptEvent[] {
  const found: KeptEvent[] = []
  for (let beforeSeq = Number.MAX_SAFE_INTEGER, more = true; more;) {
    const page = book.events({ beforeSeq }, 1_000)
    if (page.unreadable > 0) throw new Error(`${page.unreadable} events cannot be read`)
    found.push(...page.rows)
    beforeSeq = page.rows.at(-1)?.seq ?? 0
    ;({ more } = page)
  }
  return found.reverse()
}

export const everySpan = (book: HistoryReader): readonly Watched[] => book.watched(0, Number.MAX_SAFE_INTEGER)

/** Trouble for so long, `burst` and `flapping` in turn; `healed` is awaited after each, when the brokers are whole again. */
export async function playNight(director: Director, minutes: number, healed: () => Promise<unknown>): Promise<number> {
  const began = Date.now()
  let rounds = 0
  for (; Date.now() - began < minutes * MINUTE_MS; rounds += 1) {
    await director.play(SCENES[rounds % SCENES.length]!)
    await pause(PLAYED_MS)
    await director.heal()
    await healed()
  }
  return rounds
}

export interface NightVerdict {
  readonly turns: number
  readonly words: string
  /** Each has to be empty. */
  readonly wrong: Readonly<Record<'missed' | 'invented' | 'wrongCause', readonly string[]>>
}
export const NOTHING_WRONG: NightVerdict['wrong'] = { missed: [], invented: [], wrongCause: [] }

/** Every turn in these times against what was kept; `oneLookMs`, `clockMs`: as of `judgeEvents`. */
export async function judgeNight(
  { cluster }: Sandbox,
  events: readonly KeptEvent[],
  times: readonly { readonly from: number; readonly to: number }[],
  oneLookMs: number,
  clockMs: number,
): Promise<NightVerdict> {
  const running = cluster.brokers().find(({ state }) => state === 'running')!
  const log = await readControllersLog(cluster, running.id)
  const each = times.map(({ from, to }) => judgeEvents(log, events, from, to, oneLookMs, clockMs))
  const sum = (count: (verdict: (typeof each)[number]) => number): number =>
    each.reduce((total, verdict) => total + count(verdict), 0)
  const all = (lines: (verdict: (typeof each)[number]) => readonly string[]): string[] => each.flatMap(lines)
  const wrong = {
    missed: all(({ missed }) => missed),
    invented: all(({ invented }) => invented),
    wrongCause: all(({ wrongCause }) => wrongCause),
  }
  const turns = sum((verdict) => verdict.turns)
  return {
    turns,
    words:
      `${turns} turns in the controllers' log, ${sum(({ told }) => told)} told, ${sum(({ insideOnePoll }) => insideOnePoll)} inside one poll ` +
      `(looks at most ${Math.round(oneLookMs)} ms apart; clocks moved by ${Math.round(clockMs)} ms), ${wrong.missed.length} missed, ${wrong.invented.length} invented, ${wrong.wrongCause.length} with a wrong cause`,
    wrong: {
      missed: wrong.missed.slice(0, LINES),
      invented: wrong.invented.slice(0, LINES),
      wrongCause: wrong.wrongCause.slice(0, LINES),
    },
  }
}
