/**
 * The one writer of a cluster's history. Events wait in memory for at most WRITE_AFTER_MS and go into the file in transactions of at most BATCH rows and about a slice of time, each in a turn of the event loop of its
 * own, as have checkpoints and the steps that keep the file below its bound. What the file does not take stays in memory and is tried again; what is in memory is read as if it were
 * in the file.
 *
 * A file that turns out to be damaged, or that is not the one at its path any more, is put aside, and a new one goes on with the same numbers.
 */
import { statSync } from 'node:fs'
import type { LateHour } from '../../contract/advisor'
import type { ClusterEvent, Incident, KeptEvent, Watched } from '../../contract/history'
import type { StartNote } from '../../contract/ipc'
import type { Cancel, Clock } from '../../ports/clock'
import type { Moment } from '../../domain/past/moment'
import { gapsOf } from '../../domain/samples/series'
import type { PartitionSample } from '../../domain/samples/partition-sample'
import type { ClusterSample } from '../../domain/samples/sample'
import { addHours } from '../../domain/advisor/tally'
import type { ExcursionReader } from '../../ports/excursion-book'
import type { HistoryReader, HistoryWriter } from '../../ports/history'
import { SLICE_MS } from '../../ports/slices'
import { inTransaction } from '../../sqlite/in-transaction'
import { beginAnew, inMemoryBook } from './book-file'
import type { BookFile } from './book-file'
import { createTables } from './book-tables'
import type { BookTables, InTransaction } from './book-tables'
import { rounded } from './event-rows'
import { lastSeq } from './event-table'
import { createReading, pageOf } from './reading'
import { PartitionQueue } from './partition-queue'
import { createRoom } from './room'
import type { Room } from './room'
import { SampleQueue } from './sample-queue'
import {
  createWaiting,
  withWaitingAfter,
  withWaitingEvents,
  withWaitingIncidents,
  withWaitingMoments,
  withWaitingSpans,
} from './waiting'
import type { WriterLock } from './writer-lock'

const WRITE_AFTER_MS = 250
const BATCH = 500
const PIECE = 25
/** How far the end of a span in the file may be behind. */
const SPAN_EVERY_MS = 5_000
const RETRY_MS = 5_000
/** Log beside the file, from which on it is worked in. */
const CHECKPOINT_BYTES = 2 * 1_048_576
/** What a run that cannot use its file keeps. */
const MEMORY_BYTES = 32 * 1_048_576

export interface WriterParts {
  readonly path: string
  readonly owner: string
  readonly file: BookFile
  readonly lock: WriterLock | null
  readonly clock: Clock
  readonly limitBytes: number
  readonly onProblem: (cause: unknown) => void
  readonly onNote: (note: StartNote) => void
  readonly closed: () => void
}

/** Something in the file is not as SQLite left it. Anything else that goes wrong may pass, or is one row's. */
const isBroken = (cause: unknown): boolean =>
  /^SQLITE_(CORRUPT|NOTADB)/.test(String((cause as { readonly code?: unknown }).code))
const isOfTheSystem = (cause: unknown): boolean =>
  /^SQLITE_(BUSY|LOCKED|FULL|IOERR|READONLY|CANTOPEN|PERM|NOMEM)/.test(
    String((cause as { readonly code?: unknown }).code),
  )

class BookWriter implements HistoryWriter {
  private file: BookFile
  private open: { readonly tables: BookTables; readonly room: Room }
  private readonly waiting = createWaiting()
  private readonly queue = new SampleQueue()
  private readonly partitions = new PartitionQueue()
  private nextSeq = 1
  private nextIncidentId = 1
  private nextSpan = 1
  private nextMoment = 1
  /** The span that goes on; `writtenAt`: by our clock. */
  private span: { readonly id: number; watched: Watched; writtenAt: number } | null = null
  private timer: Cancel | null = null
  private isRunning = false
  private isClosed = false
  /** What went wrong, each told once in a run: a full disk fails again with every batch. */
  private readonly told = new Set<string>()
  private readonly reading: HistoryReader

  constructor(private readonly parts: WriterParts) {
    this.file = parts.file
    this.open = this.opened()
    this.reading = createReading(
      (read, { broken }) => {
        try {
          return read(this.open.tables)
        } catch (cause) {
          this.trouble(cause)
          return broken
        }
      },
      () => parts.clock.now(),
    )
    this.schedule(WRITE_AFTER_MS)
  }

  add(events: readonly ClusterEvent[], incident: number): void {
    if (this.isClosed) return
    for (const event of events)
      this.waiting.events.push({ ...rounded(event), seq: this.nextSeq++, incident } satisfies KeptEvent)
    this.boundWaiting()
    this.schedule(WRITE_AFTER_MS)
  }

  put(incident: Incident): void {
    if (this.isClosed) return
    this.nextIncidentId = Math.max(this.nextIncidentId, incident.id + 1)
    this.waiting.incidents.set(incident.id, incident)
    this.attempt(() => this.writeRest())
    this.boundWaiting()
    this.schedule(WRITE_AFTER_MS)
  }

  keep(moments: readonly Moment[]): void {
    if (this.isClosed) return
    for (const { kind, parts, ...span } of moments) {
      const { from, to: at } = rounded({ from: span.from, to: span.at })
      const event = this.nextSeq - 1
      const head = { id: this.nextMoment++, kind, from, at, event, parts: parts.length, isWhole: true }
      this.waiting.moments.push({ head, parts, written: 0 })
    }
    this.boundWaiting()
    this.schedule(WRITE_AFTER_MS)
  }

  addSample(sample: ClusterSample, partitions: readonly PartitionSample[]): void {
    if (this.isClosed) return
    this.queue.add(sample)
    this.partitions.add(partitions)
    this.schedule(WRITE_AFTER_MS)
  }

  addExcursions(part: LateHour): void {
    if (this.isClosed) return
    this.waiting.addHour(part)
    this.boundWaiting()
    this.schedule(WRITE_AFTER_MS)
  }

  nextIncident(): number {
    return this.nextIncidentId++
  }

  watch(watched: Watched): void {
    if (this.isClosed) return
    const isNew = this.span?.watched.from !== watched.from
    if (isNew && this.span !== null) this.waiting.spans.set(this.span.id, this.span.watched)
    if (this.span === null || isNew) this.span = { id: this.nextSpan++, watched, writtenAt: Number.NEGATIVE_INFINITY }
    else this.span.watched = watched
    const now = this.parts.clock.now()
    if (!isNew && watched.end === 'open' && Math.abs(now - this.span.writtenAt) < SPAN_EVERY_MS) return
    this.waiting.spans.set(this.span.id, watched)
    this.span.writtenAt = now
    this.attempt(() => this.writeRest())
    this.boundWaiting()
    this.schedule(WRITE_AFTER_MS)
  }

  flush(): void {
    if (this.span !== null) this.waiting.spans.set(this.span.id, this.span.watched)
    this.attempt(() => {
      this.writeRest()
      while (this.waiting.events.length > 0) this.writeBatch()
      while (this.writeHour());
      while (this.writeMoment());
    })
  }

  close(): void {
    if (this.isClosed) return
    this.flush()
    this.attempt(() => {
      const { db, names } = this.open.tables
      const write: InTransaction = (work) => this.inTransaction(work)
      this.queue.finish(db, names, write)
      this.partitions.finish(db, names, write)
    })
    this.isClosed = true
    this.timer?.()
    this.timer = null
    try {
      this.file.close()
    } catch (cause) {
      this.parts.onProblem(cause)
    }
    this.parts.lock?.release()
    this.parts.closed()
  }

  events: HistoryReader['events'] = (filter, limit) =>
    withWaitingEvents(this.waiting.events, filter, pageOf(limit), (rest) => this.reading.events(filter, rest))

  eventsAfter: HistoryReader['eventsAfter'] = (seq, limit) =>
    withWaitingAfter(this.waiting.events, seq, pageOf(limit), this.reading.eventsAfter(seq, limit))

  moments: HistoryReader['moments'] = (at) => withWaitingMoments(this.waiting.moments, at, this.reading.moments(at))

  momentPart: HistoryReader['momentPart'] = (id, part) =>
    this.waiting.moments.find(({ head }) => head.id === id)?.parts[part] ?? this.reading.momentPart(id, part)

  firstMoment: HistoryReader['firstMoment'] = () => {
    const first = this.reading.firstMoment()
    return Number.isNaN(first) ? (this.waiting.moments[0]?.head.at ?? first) : first
  }

  incidents: HistoryReader['incidents'] = (limit, beforeId = Number.MAX_SAFE_INTEGER) =>
    withWaitingIncidents(this.waiting.incidents, pageOf(limit), beforeId, this.reading.incidents(limit, beforeId))

  incident: HistoryReader['incident'] = (id) => this.waiting.incidents.get(id) ?? this.reading.incident(id)

  samples: HistoryReader['samples'] = (subject, from, until, resolutionMs) => ({
    ...this.reading.samples(subject, from, until, resolutionMs),
    unwatched: gapsOf(this.watched(from, until), from, until),
  })

  partitionSamples: HistoryReader['partitionSamples'] = (partition, from, until, resolutionMs) => ({
    ...this.reading.partitionSamples(partition, from, until, resolutionMs),
    unwatched: gapsOf(this.watched(from, until), from, until),
  })

  watched: HistoryReader['watched'] = (from, until) =>
    withWaitingSpans(
      [...this.waiting.spans.values(), ...(this.span === null ? [] : [this.span.watched])],
      from,
      until,
      this.reading.watched(from, until),
    )

  excursionHours: ExcursionReader['excursionHours'] = (from) => {
    const waiting = [...this.waiting.hours.keys()].filter((at) => at >= from)
    return [...new Set([...this.reading.excursionHours(from), ...waiting])].sort((a, b) => a - b)
  }

  excursionHour: ExcursionReader['excursionHour'] = (at) => {
    const waiting = this.waiting.hours.get(at)
    const kept = this.reading.excursionHour(at)
    return waiting === undefined || kept === null ? (kept ?? waiting ?? null) : addHours(kept, waiting)
  }

  /** Of the file that is open; where what is read first is damaged, of the one that takes its place. */
  private opened(isSecond = false): { readonly tables: BookTables; readonly room: Room } {
    try {
      const { db, inMemory } = this.file
      const tables = createTables(db)
      const limit = inMemory ? MEMORY_BYTES : this.parts.limitBytes
      const room = createRoom(
        db,
        tables.names,
        tables.moments,
        limit,
        (work) => this.inTransaction(work),
        () => !this.areSamplesIdle(),
      )
      this.nextSeq = Math.max(this.nextSeq, lastSeq(db) + 1)
      this.nextIncidentId = Math.max(this.nextIncidentId, tables.incidents.lastId() + 1)
      this.nextSpan = Math.max(this.nextSpan, tables.watched.next())
      this.nextMoment = Math.max(this.nextMoment, tables.moments.nextId())
      return { tables, room }
    } catch (cause) {
      if (this.file.inMemory) throw cause
      this.parts.onProblem(cause)
      this.replaceFile(isSecond)
      return this.opened(true)
    }
  }

  private schedule(ms: number): void {
    if (this.isClosed || this.isRunning || this.timer !== null) return
    this.timer = this.parts.clock.after(ms, () => {
      this.timer = null
      void this.run()
    })
  }

  private isIdle(): boolean {
    const { events, incidents, spans, hours, moments } = this.waiting
    return events.length + incidents.size + spans.size + hours.size + moments.length === 0 && this.areSamplesIdle()
  }

  private areSamplesIdle(): boolean {
    return this.queue.isIdle && this.partitions.isIdle
  }

  /** One piece a turn, until nothing is left to do. */
  private async run(): Promise<void> {
    this.isRunning = true
    let isWell = true
    for (let isMore = true; isMore && isWell && !this.isClosed;) {
      isMore = false
      for (const piece of [
        (): boolean => this.writeRest(),
        (): boolean => this.writeBatch(),
        (): boolean => this.writeHour(),
        (): boolean => this.writeMoment(),
        (): boolean => this.writeSamples(),
        (): boolean => this.checkpoint(),
        (): boolean => this.open.room.step(this.parts.clock.now()),
      ]) {
        isWell = this.attempt(() => (isMore = piece() || isMore)) && isWell
        await this.parts.clock.breathe()
      }
    }
    this.isRunning = false
    if (!isWell) this.schedule(RETRY_MS)
    else if (!this.isIdle()) this.schedule(WRITE_AFTER_MS)
  }

  /** Answers whether it went well. */
  private attempt(work: () => unknown): boolean {
    if (this.isClosed) return false
    try {
      if (!this.file.isThere()) this.renew()
      work()
      return true
    } catch (cause) {
      // Into the new file at once: an incident is in the file when `put` returns.
      if (this.trouble(cause)) return this.attempt(work)
      return false
    }
  }

  /** Answers whether a new file was begun. */
  private trouble(cause: unknown): boolean {
    this.tell(cause)
    if (!isBroken(cause) || this.file.inMemory) return false
    this.renew()
    return true
  }

  private renew(): void {
    this.replaceFile()
    this.open = this.opened()
    // The span that goes on is not in the new file.
    if (this.span !== null) this.waiting.spans.set(this.span.id, this.span.watched)
    // One that is half written is written anew.
    for (const moment of this.waiting.moments) moment.written = 0
  }

  private replaceFile(byMemory = false): void {
    this.queue.restart()
    this.partitions.restart()
    const { path, owner, clock, onProblem, onNote } = this.parts
    try {
      this.file.close()
    } catch (cause) {
      onProblem(cause)
    }
    const { file, note } = byMemory ? inMemoryBook(path, owner) : beginAnew(path, owner, clock.now(), onProblem)
    this.file = file
    if (note !== null) onNote(note)
  }

  private inTransaction<T>(work: () => T): T {
    const { db, names } = this.open.tables
    try {
      return inTransaction(db, work)
    } catch (cause) {
      names.forget()
      throw cause
    }
  }

  /** Answers whether more wait. */
  private writeBatch(): boolean {
    const { events } = this.waiting
    if (events.length === 0) return false
    events.splice(0, this.writeSome(events))
    return events.length > 0
  }

  /** One part. Answers whether more wait. */
  private writeMoment(): boolean {
    const { moments } = this.waiting
    const next = moments[0]
    // Events that it holds are in the file before it.
    if (next === undefined || (this.waiting.events[0]?.seq ?? Number.POSITIVE_INFINITY) <= next.head.event) return false
    const part = next.parts[next.written]
    if (part !== undefined) this.inTransaction(() => this.open.tables.moments.put(next.head, next.written, part))
    next.written += 1
    if (next.written >= next.parts.length) moments.shift()
    return moments.length > 0
  }

  /** Answers how many were written, or could not be. */
  private writeSome(events: readonly KeptEvent[]): number {
    try {
      return this.inTransaction(() => this.writePieces(events))
    } catch (cause) {
      if (isBroken(cause) || isOfTheSystem(cause)) throw cause
      this.writeOneByOne(events.slice(0, PIECE))
      return Math.min(PIECE, events.length)
    }
  }

  /** As many as a slice has time for. */
  private writePieces(events: readonly KeptEvent[]): number {
    const { clock } = this.parts
    const began = clock.now()
    let done = 0
    while (done < Math.min(BATCH, events.length) && (done === 0 || clock.now() - began < SLICE_MS)) {
      this.open.tables.addEvents(events.slice(done, done + PIECE))
      done += PIECE
    }
    return Math.min(done, events.length)
  }

  /** The file does not take one of them as it is: that one is told and left out. */
  private writeOneByOne(batch: readonly KeptEvent[]): void {
    for (const event of batch)
      try {
        this.inTransaction(() => this.open.tables.addEvents([event]))
      } catch (cause) {
        if (isBroken(cause) || isOfTheSystem(cause)) throw cause
        this.parts.onProblem(cause)
      }
  }

  /** Spans and incidents that wait. */
  private writeRest(): boolean {
    const { spans, incidents } = this.waiting
    if (spans.size + incidents.size === 0) return false
    const { tables } = this.open
    this.inTransaction(() => {
      for (const incident of incidents.values()) tables.incidents.put(incident)
      for (const [id, watched] of spans) tables.watched.put(id, watched)
    })
    spans.clear()
    incidents.clear()
    return false
  }

  /** What was added of the first hour that waits. Answers whether more wait. */
  private writeHour(): boolean {
    const { hours } = this.waiting
    const [first] = hours.values()
    if (first === undefined) return false
    this.inTransaction(() => this.open.tables.excursions.add(first))
    hours.delete(first.at)
    return hours.size > 0
  }

  /** As much as a slice has time for. Answers whether more waits. */
  private writeSamples(): boolean {
    const { db, names } = this.open.tables
    const now = (): number => this.parts.clock.now()
    const write: InTransaction = (work) => this.inTransaction(work)
    const deadline = now() + SLICE_MS
    return this.queue.step(db, names, write, deadline, now) || this.partitions.step(db, names, write, deadline, now)
  }

  private checkpoint(): boolean {
    const size = this.file.inMemory ? 0 : (statSync(`${this.parts.path}-wal`, { throwIfNoEntry: false })?.size ?? 0)
    if (size >= Math.min(CHECKPOINT_BYTES, this.parts.limitBytes / 16))
      this.open.tables.db.pragma('wal_checkpoint(PASSIVE)')
    return false
  }

  private tell(cause: unknown): void {
    const { code, message } = cause as { readonly code?: unknown; readonly message?: unknown }
    const what = String(code ?? message)
    if (!this.told.has(what)) this.parts.onProblem(cause)
    this.told.add(what)
  }

  private boundWaiting(): void {
    const dropped = this.waiting.bound()
    if (dropped > 0) this.tell(new Error('The file takes nothing, and entries of the history were dropped'))
  }
}

export const createBookWriter = (parts: WriterParts): HistoryWriter => new BookWriter(parts)
