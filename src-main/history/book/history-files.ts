/** What is remembered of clusters, a file each in one folder. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { StartNote } from '../../contract/ipc'
import type { Clock } from '../../ports/clock'
import type { HistoryFiles, HistoryReader, HistoryWriter } from '../../ports/history'
import { inMemoryBook, openBook, openForReading } from './book-file'
import type { BookFile } from './book-file'
import { bookName, ownerKey, planName } from './book-name'
import type { HistoryOwner } from './book-name'
import { createTables } from './book-tables'
import type { BookTables } from './book-tables'
import { createPlanFile } from './plan-file'
import { createReading } from './reading'
import { createBookWriter } from './writer'
import { takeWriterLock } from './writer-lock'
import type { WriterLock } from './writer-lock'

/** Of one cluster's file, with what lies beside it. */
export const HISTORY_LIMIT_BYTES = 500 * 1_048_576

export interface HistoryFilesOptions {
  readonly clock: Clock
  /** What went wrong, for the log. */
  readonly onProblem: (cause: unknown) => void
  /** What a person has to know: a file was set aside, or this run keeps its history in memory. */
  readonly onNote?: (note: StartNote) => void
  readonly limitBytes?: number
}

interface OpenForReading {
  readonly file: BookFile
  readonly tables: BookTables
}

/** A connection that is kept while the file at the path is the same: one for each page would stay open inside SQLite until its statements are collected. */
function createFileReader(
  path: string,
  owner: string,
  now: () => number,
  onProblem: (cause: unknown) => void,
): HistoryReader {
  let open: OpenForReading | null = null
  const current = (): OpenForReading | null => {
    if (open?.file.isThere() === true) return open
    open?.file.close()
    open = null
    const file = openForReading(path, owner)
    if (file !== null) open = { file, tables: createTables(file.db) }
    return open
  }
  return createReading((read, { none, broken }) => {
    try {
      const tables = current()?.tables
      return tables === undefined ? none : read(tables)
    } catch (cause) {
      onProblem(cause)
      open?.file.close()
      open = null
      return broken
    }
  }, now)
}

/** `folder`: made when the first cluster is written. */
export function createHistoryFiles(folder: string, options: HistoryFilesOptions): HistoryFiles {
  const { clock, onProblem, onNote = () => undefined, limitBytes = HISTORY_LIMIT_BYTES } = options
  const writers = new Map<string, HistoryWriter>()
  const readers = new Map<string, HistoryReader>()
  const pathOf = (owner: HistoryOwner): string => join(folder, bookName(owner))

  /** undefined = there can be no lock here, nor then a file. */
  const lockOf = (path: string): WriterLock | null | undefined => {
    try {
      mkdirSync(folder, { recursive: true })
      return takeWriterLock(`${path}.lock`, clock.now())
    } catch (cause) {
      onProblem(cause)
      return undefined
    }
  }
  const readerOf = (path: string, owner: string): HistoryReader => {
    const known = readers.get(path) ?? createFileReader(path, owner, () => clock.now(), onProblem)
    readers.set(path, known)
    return known
  }

  return {
    write(cluster) {
      const path = pathOf(cluster)
      const owner = ownerKey(cluster)
      // Two saved clusters of one Kafka cluster: asking the lock again and again is for other processes.
      if (writers.has(path)) return null
      const lock = lockOf(path)
      if (lock === null) return null
      const { file, note } =
        lock === undefined ? inMemoryBook(path, owner) : openBook(path, owner, clock.now(), onProblem)
      if (note !== null) onNote(note)
      const closed = (): boolean => writers.delete(path)
      const writer = createBookWriter({
        path,
        owner,
        file,
        lock: lock ?? null,
        clock,
        limitBytes,
        onProblem,
        onNote,
        closed,
      })
      writers.set(path, writer)
      return writer
    },
    plans: (cluster) => createPlanFile({ path: join(folder, planName(cluster)), now: () => clock.now(), onProblem }),
    read(cluster) {
      const path = pathOf(cluster)
      const fromFile = readerOf(path, ownerKey(cluster))
      // What a writer of this process has not written yet is read with the rest.
      const now = (): HistoryReader => writers.get(path) ?? fromFile
      return {
        incidents: (limit, beforeId) => now().incidents(limit, beforeId),
        incident: (id) => now().incident(id),
        events: (filter, limit) => now().events(filter, limit),
        moments: (at) => now().moments(at),
        momentPart: (id, part) => now().momentPart(id, part),
        eventsAfter: (seq, limit) => now().eventsAfter(seq, limit),
        firstMoment: () => now().firstMoment(),
        watched: (from, until) => now().watched(from, until),
        samples: (subject, from, until, resolutionMs) => now().samples(subject, from, until, resolutionMs),
        partitionSamples: (partition, from, until, resolutionMs) =>
          now().partitionSamples(partition, from, until, resolutionMs),
        excursionHours: (from) => now().excursionHours(from),
        excursionHour: (at) => now().excursionHour(at),
      }
    },
  }
}
