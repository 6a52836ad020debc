/** Run as a process of its own by the journal's test: appends a row, says so, and never gets the chance to close its file. */
import { createJournal } from '../../src-main/history/journal'
import { openStoreFile } from '../../src-main/profiles/store-file'
import { drafted, newRow } from './journal-rows'

const store = openStoreFile(process.argv[2]!, 0, (cause) => console.error(cause))
const journal = createJournal(store.db, { durable: true, now: () => 77, prove: () => store.prove() })
for (let n = 1; n <= 3; n += 1) journal.append(newRow(`c${n}`, 'draft', drafted(['orders'])))
process.stdout.write('appended\n')
setInterval(() => undefined, 60_000)
