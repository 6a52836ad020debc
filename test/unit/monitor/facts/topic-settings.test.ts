import { expect, it } from 'vitest'
import { uncleanOf } from '../../../../src-main/monitor/facts/topic-settings'
import { UNCLEAN_OFF, UNCLEAN_ON, UNCLEAN_UNTOLD } from '../../../../src-main/domain/topology/reading'
import type { ConfigEntry } from '../../../../src-main/ports/cluster-port'

const entry = (name: string, value: string | null): ConfigEntry => ({
  name,
  value,
  source: 5,
  type: 1,
  readOnly: false,
  sensitive: false,
  synonyms: [],
  docs: '',
})

it.each([
  ['true', UNCLEAN_ON],
  ['false', UNCLEAN_OFF],
  [null, UNCLEAN_UNTOLD],
  ['maybe', UNCLEAN_UNTOLD],
])('unclean election told as %s', (value, expected) => {
  const entries = [entry('min.insync.replicas', '2'), entry('unclean.leader.election.enable', value)]
  expect(uncleanOf(entries)).toBe(expected)
  expect(uncleanOf(entries.slice(0, 1))).toBe(UNCLEAN_UNTOLD)
})
