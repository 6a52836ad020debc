import { expect, it } from 'vitest'
import { incidentChat } from '../../../../../src-renderer/features/history/incident-chat'
import { buildKeptIncident } from '../../../../support/incidents'
import { sayIn } from '../../../../support/say'
import { NOW } from '../../../../support/summaries'

const en = sayIn('en')
const where = { cluster: 'orders-eu', environment: 'PROD' }
const open = buildKeptIncident({ id: 7, began: { from: NaN, to: NOW - 60_000 }, ended: { from: NaN, to: NaN } })

it('an open one says what is now and next, and that it began earlier', () => {
  const lines = incidentChat(en, where, open, { sentence: 'Broker 2 is gone.', next: 'Restore.' }, NOW).split('\n')
  expect(lines).toHaveLength(5)
  expect(lines[0]).toMatch(/^PROD orders-eu: /)
  expect(lines[1]).toContain('it began earlier')
  expect(lines.slice(2, 4)).toEqual(['Now: Broker 2 is gone.', 'Next: Restore.'])
})

it('of a cluster that is not read it knows no now and no next', () => {
  const lines = incidentChat(en, where, open, null, NOW).split('\n')
  expect(lines.slice(2, 4)).toEqual(['Now: the cluster cannot be read now', 'Next: Highwater has no next step'])
})

it('a name with a line break makes no sixth line', () => {
  expect(incidentChat(en, { ...where, cluster: 'a\nb' }, open, null, NOW).split('\n')).toHaveLength(5)
})

it('speaks Chinese', () => {
  expect(incidentChat(sayIn('zh-CN'), where, open, null, NOW)).toContain('现在：目前读不到集群')
})
