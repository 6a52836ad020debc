/**
 * Run as a process of its own by the tests of the history file: `history-child.ts FOLDER FIRST` takes the writer's place, says `writing` (or `refused` and ends), and adds events without end, ten
 * at a time, that carry their number in `amount`, from FIRST on. Each second line says how far what it added is surely in the file: `kept N`.
 */
import { createClock } from '../../src-main/ports/clock'
import { createHistoryFiles } from '../../src-main/history/book/history-files'
import { event, incident } from './history-events'

const [folder = '', first = '1'] = process.argv.slice(2)
const clock = createClock()
const files = createHistoryFiles(folder, {
  clock,
  onProblem: (cause) => console.error(cause),
  onNote: (note) => console.error(note),
})
const writer = files.write({ cluster: 'saved-1', clusterId: 'kafka-A' })
if (writer === null) {
  process.stdout.write('refused\n')
  process.exit(0)
}
process.stdout.write('writing\n')
let next = Number(first)
const began = clock.now()
setInterval(() => {
  writer.add(
    Array.from({ length: 10 }, () => event({ amount: next++, topic: `topic-${next % 50}` })),
    0,
  )
  writer.watch({ from: began, to: clock.now(), end: 'open' })
  if (next % 3 === 0) {
    writer.put(incident(writer.nextIncident()))
    writer.flush()
    process.stdout.write(`kept ${next - 1}\n`)
  }
}, 2)
