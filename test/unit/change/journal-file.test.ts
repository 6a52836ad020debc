import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createChanges } from '../../../src-main/change/engine'
import { foldChange } from '../../../src-main/change/book/fold'
import { createLinks } from '../../../src-main/change/links/links'
import { quoted } from '../../../src-main/change/report/markdown'
import { createJournal } from '../../../src-main/history/journal'
import type { JournalPort } from '../../../src-main/ports/journal'
import { openStoreFile } from '../../../src-main/profiles/store-file'
import { settled } from '../../support/live-cluster'
import {
  applied,
  changes,
  confirm,
  confirmed,
  done,
  endChanges,
  journal,
  live,
  must,
  onTopics,
  setTo,
  startChanges,
  topicName,
} from '../../support/opened-changes'
import { clock, cluster, watchOver } from '../../support/opened-session'

watchOver()
const COMPRESSION = setTo('compression.type', 'zstd')
let folder: string
let store: ReturnType<typeof openStoreFile>
let kept: JournalPort

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'highwater-lines-'))
  store = openStoreFile(join(folder, 'highwater.db'), 0, (cause) => {
    throw cause
  })
  kept = createJournal(store.db, { durable: true, now: () => 1, prove: () => store.prove() })
  await startChanges()
})
afterEach(async () => {
  await endChanges()
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Everything the engine has written so far, now in a file. */
const keep = (): void => journal.all.forEach((row) => kept.append(row))
const entries = (): ReturnType<JournalPort['list']>['entries'] =>
  kept.list({ cluster: '', text: '', show: 'all', before: 0, limit: 100 }).entries

describe('what the engine writes, in a file', () => {
  it('folds to the same change, and the list says of it what the change itself says', async () => {
    const first = await done(onTopics([topicName(0), topicName(1)], COMPRESSION))
    const undo = must(await settled(changes.undo({ id: first.id, cluster: live.id })))
    must(await settled(changes.validate(undo.id)))
    confirm(undo.id)
    await applied(undo.id)
    // Met by another hand, planned anew, applied.
    const { id } = await confirmed(onTopics([topicName(2)], COMPRESSION))
    cluster.topic(topicName(2))!.settings.set('compression.type', 'gzip')
    expect((await applied(id)).state).toBe('conflict')
    must(await settled(changes.plan(id)))
    must(await settled(changes.validate(id)))
    confirm(id)
    await applied(id)
    must(changes.draft({ id: '', cluster: live.id, draft: onTopics([topicName(0)], COMPRESSION) }))
    keep()
    expect(entries()).toHaveLength(4)
    for (const entry of entries()) {
      const rows = journal.rows(entry.change)
      const back = kept.rows(entry.change)
      expect(back.map(({ event }) => event)).toEqual(rows.map(({ event }) => event))
      const change = foldChange(rows, clock.now())
      expect(entry).toMatchObject({
        state: change.state,
        level: change.plan?.level ?? '',
        reason: change.confirmation?.reason ?? '',
        undoOf: change.undoOf,
        undoneBy: change.undoneBy,
        topicCount: change.draft.kind === 'config' ? change.draft.groups.flatMap(({ topics }) => topics).length : -1,
        keys: ['compression.type'],
        applied: change.results.filter(({ outcome }) => outcome === 'applied').length,
        items: change.results.filter(({ outcome }) => outcome !== 'not-needed').length,
        osUser: 'ann',
      })
    }
    expect(entries().map(({ state, applied: n, items }) => [state, n, items])).toEqual([
      ['draft', 0, 0],
      ['verified', 1, 1],
      ['verified', 2, 2],
      ['undone', 2, 2],
    ])
  })

  it.each([
    ['{', 'line 2 of the journal is damaged'],
    ['null', 'line 2 of the journal is damaged: the whole of it does not fit'],
    ['{}', 'line 2 of the journal is damaged: type does not fit'],
    ['{"type":"nonsense"}', 'line 2 of the journal is damaged: type does not fit'],
    ['{"type":"planned"}', 'line 2 of the journal is damaged: plan does not fit'],
    [
      '{"type":"planned","plan":{"at":1,"effects":[]},"needs":{"ticks":[]}}',
      'line 2 of the journal is damaged: plan.kind does not fit',
    ],
    [
      '{"type":"applying","topics":1,"partitions":0}',
      'the lines of this change do not fit together: "applying" cannot follow in state draft',
    ],
  ])('with a line %s closes that change alone, with words, and a report names it', async (body, why) => {
    const lost = await done(onTopics([topicName(0)], COMPRESSION))
    const other = await done(onTopics([topicName(1)], COMPRESSION))
    keep()
    store.db.exec('DROP TRIGGER journal_no_update')
    // Lines of before there were checksums: what stands in them is all there is to go by.
    const { type = 'planned' } = (body === '{' ? {} : (JSON.parse(body) ?? {})) as { type?: string }
    store.db.exec(`UPDATE journal SET body = '${body}', type = '${type}', checksum = NULL WHERE seq = 2`)
    const next = createChanges({
      journal: kept,
      clock,
      osUser: 'ann',
      environmentOf: () => 'prod',
      newId: () => 'new',
      find: () => null,
      linksOf: () => createLinks(live, clock),
      onUnexpected: (cause) => {
        throw cause
      },
    })
    expect(next.get(lost.id)).toMatchObject({ ok: false, error: { code: 'storage', message: why } })
    expect(must(next.get(other.id)).state).toBe('verified')
    const { text } = must(next.report([lost.id, other.id], 'markdown'))
    expect(text).toContain(`# Change \`${other.id}\``)
    expect(text).toContain(`# Change \`${lost.id}\`\n\nIt cannot be told: ${quoted(why)}`)
    expect(entries().map(({ change }) => change)).toEqual([other.id, lost.id])
    await settled(next.close())
  })
})
