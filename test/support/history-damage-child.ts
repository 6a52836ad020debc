/**
 * Run as a process of its own by the tests of the history file, as a damaged file may end one. `history-damage-child.ts FOLDER read`: opens the file there and says as JSON what it read and was
 * told. `history-damage-child.ts FOLDER N`: harms N copies of the file, each in its own way and made again from a fixed seed, uses each as Highwater does, and says what was wrong. `history-damage-child.ts FOLDER full`: writes until a file may not grow any more, and on.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { KeptEvent } from '../../src-main/contract/history'
import { bookName } from '../../src-main/history/book/book-name'
import { createHistoryFiles } from '../../src-main/history/book/history-files'
import type { HistoryReader } from '../../src-main/ports/history'
import { createRandom } from './change-random'
import type { Random } from './change-random'
import { FakeClock } from './fake-clock'
import { event, incident } from './history-events'

const OWNER = { cluster: 'saved-1', clusterId: 'kafka-A' }
const [folder = '', what = ''] = process.argv.slice(2)

function everyEvent(reader: HistoryReader): { readonly events: KeptEvent[]; readonly unreadable: number } {
  const events: KeptEvent[] = []
  let unreadable = 0
  for (let beforeSeq = Number.MAX_SAFE_INTEGER, more = true; more;) {
    const page = reader.events({ beforeSeq }, 1_000)
    events.push(...page.rows)
    unreadable += page.unreadable
    beforeSeq = page.rows.at(-1)?.seq ?? 0
    more = page.more && beforeSeq > 0
  }
  return { events, unreadable }
}

function harmed(bytes: Buffer, random: Random): Buffer {
  const kind = random.below(6)
  if (kind === 0) return bytes.subarray(0, random.below(bytes.length))
  const page = random.below(bytes.length / 4_096) * 4_096
  if (kind === 1) bytes.fill(0, page, page + 4_096)
  else if (kind === 2) bytes.copy(bytes, page, random.below(bytes.length / 4_096) * 4_096, 4_096)
  else {
    // In the first pages too: what the tables are is there.
    const within = kind === 3 ? 12_288 : bytes.length
    for (let n = 0; n < 4; n += 1) {
      const at = random.below(within)
      bytes[at] = bytes[at]! ^ (1 << random.below(8))
    }
  }
  return bytes
}

async function play(n: number): Promise<string[]> {
  const random = createRandom(4_711 + n)
  const own = join(folder, `case-${n}`)
  const path = join(own, bookName(OWNER))
  mkdirSync(own)
  cpSync(join(folder, bookName(OWNER)), path)
  const bytes = harmed(readFileSync(path), random)
  writeFileSync(path, bytes)
  const clock = new FakeClock()
  const asides = new Set<string>()
  const files = createHistoryFiles(own, {
    clock,
    onProblem: () => undefined,
    onNote: ({ text, path: aside }) => (text === 'history-set-aside' ? asides.add(aside) : undefined),
  })
  const wrong: string[] = []
  const writer = files.write(OWNER)!
  const invented = (events: readonly KeptEvent[]): void => {
    const odd = events.find(({ seq, amount, topic }) => seq <= 3_000 && (amount !== seq - 1 || topic !== 'orders'))
    if (odd !== undefined) wrong.push(`case ${n} serves what nobody wrote: ${JSON.stringify(odd)}`)
  }
  invented(everyEvent(writer).events)
  writer.incidents(10)
  writer.watched(0, 1e15)
  for (const filter of [{ topic: 'orders' }, { broker: 1 }, { kinds: ['left-isr'] as const }, { incident: 1 }])
    invented(writer.events(filter, 1_000).rows)
  writer.add([event({ text: 'after' })], 0)
  writer.put(incident(writer.nextIncident()))
  writer.watch({ from: 9_000, to: 9_001, end: 'closed' })
  await clock.advance(30_000)
  writer.close()
  const { events } = everyEvent(createHistoryFiles(own, { clock, onProblem: () => undefined }).read(OWNER))
  // Damage that is come upon only later takes what was added before with it, into the file that is set aside.
  if (asides.size === 0 && events.filter(({ text }) => text === 'after').length !== 1)
    wrong.push(`case ${n}: what was added is not found`)
  if (events.length <= 1 && asides.size === 0) wrong.push(`case ${n}: all is gone and nothing was set aside`)
  for (const aside of asides) if (!existsSync(aside)) wrong.push(`case ${n}: ${aside} is not there`)
  if (readdirSync(own).some((name) => name.endsWith('-wal.unreadable'))) wrong.push(`case ${n}: a stray log`)
  rmSync(own, { recursive: true, force: true })
  return wrong
}

if (what === 'read') {
  const notes: string[] = []
  const writer = createHistoryFiles(folder, {
    clock: new FakeClock(),
    onProblem: (cause) => console.error(cause),
    onNote: ({ text }) => notes.push(text),
  }).write(OWNER)!
  const { events, unreadable } = everyEvent(writer)
  writer.close()
  process.stdout.write(JSON.stringify({ events: events.length, unreadable, notes }))
} else if (what === 'full') {
  // Started with a limit for the length of a file.
  const problems: string[] = []
  const clock = new FakeClock()
  const onProblem = (cause: unknown): unknown => problems.push(String((cause as { readonly code?: unknown }).code))
  const writer = createHistoryFiles(folder, { clock, onProblem }).write(OWNER)!
  for (let n = 0; n < 20; n += 1) {
    writer.add(
      Array.from({ length: 500 }, () => event({ text: 'x'.repeat(800) })),
      0,
    )
    await clock.advance(1_000)
  }
  writer.put(incident(writer.nextIncident()))
  await clock.advance(60_000)
  const { events } = everyEvent(writer)
  const kept = events.map(({ seq }) => seq)
  const isWhole = kept.length === 10_000 && kept.every((seq, at) => seq === 10_000 - at)
  process.stdout.write(JSON.stringify({ problems, isWhole, incidents: writer.incidents(9).rows.length }))
} else {
  const wrong: string[] = []
  let played = 0
  for (; played < Number(what); played += 1) wrong.push(...(await play(played)))
  process.stdout.write(JSON.stringify({ wrong, played }))
}
