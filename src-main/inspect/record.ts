/** Keeps what `--watch` sees in the history that the window reads and writes, and tells how that goes. */
import { join } from 'node:path'
import type { StartNote } from '../contract/ipc'
import { bookName } from '../history/book/book-name'
import { createHistoryFiles } from '../history/book/history-files'
import type { Clock } from '../ports/clock'
import type { HistoryFiles } from '../ports/history'

export interface Recording {
  readonly files: HistoryFiles
  /** To be called with every picture: says once who keeps the history now. */
  note(history: { readonly reader: unknown; readonly writes: boolean } | null, clusterId: string): void
  /** Resolves as soon as nothing can be kept in the file, however long one waits. */
  readonly refused: Promise<void>
  /** Everything that was seen is kept, as far as is known. */
  isKept(): boolean
}

export interface RecordOptions {
  readonly folder: string
  readonly clock: Clock
  readonly warn: (line: string) => void
}

const NOTES: Partial<Record<StartNote['text'], string>> = {
  'history-newer': 'a newer Highwater wrote it, and it is left alone; use that one to record',
  'history-unwritable': 'it cannot be written; see to the rights of the folder and the room on the disk',
  'history-set-aside': 'what was there could not be read; it was renamed to this, and a new history is begun',
  'history-log-aside': 'a log of another file lay there; it was renamed to this',
}
const ENDS: ReadonlySet<StartNote['text']> = new Set<StartNote['text']>(['history-newer', 'history-unwritable'])

/** Saved as the window's own clusters are told apart by Kafka's id; one that tells none has a file of the command line's own. */
const CLUSTER = 'inspect'

export function createRecording({ folder, clock, warn }: RecordOptions): Recording {
  const place = join(folder, 'history')
  let refuse: () => void = () => undefined
  let isKept = true
  let isRefused = false
  const refused = new Promise<void>((resolve) => {
    refuse = resolve
  })
  const files = createHistoryFiles(place, {
    clock,
    onProblem(cause) {
      isKept = false
      warn(`record: ${place}: ${cause instanceof Error ? cause.message : String(cause)}`)
    },
    onNote({ text, path }) {
      warn(`record: ${path}: ${NOTES[text] ?? text}`)
      if (!ENDS.has(text)) return
      isKept = false
      isRefused = true
      refuse()
    },
  })
  let told = ''
  return {
    files,
    refused,
    isKept: () => isKept,
    note(history, clusterId) {
      // What is refused is kept in memory, which a recorder does not call keeping.
      if (isRefused || history === null || history.reader === null) return
      const who = history.writes ? 'here' : 'elsewhere'
      if (who === told) return
      told = who
      const path = join(place, bookName({ cluster: CLUSTER, clusterId }))
      warn(
        history.writes
          ? `record: keeping the history in ${path}`
          : `record: another process keeps the history in ${path}; waiting for its end`,
      )
    },
  }
}
