import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { UNWATCHED } from '@contract/fleet'
import { HEALTHY, OFFLINE } from '@shared/states'
import { createTexts } from '../../../../../src-renderer/app/i18n'
import FleetLanes from '../../../../../src-renderer/features/fleet/FleetLanes.vue'
import { AT, fleetRow } from './fleet-rows'

it('has the lanes as a table, those that are drawn, and says how many are not', () => {
  const names = Array.from({ length: 14 }, (_, at) => `cluster-${String(at).padStart(2, '0')}`)
  const STEP_MS = 300_000
  const states = [UNWATCHED, HEALTHY, OFFLINE, HEALTHY]
  const wrapper = mount(FleetLanes, {
    props: {
      rows: new Map(names.map((name) => [name, fleetRow(name)])),
      past: { from: AT - 4 * STEP_MS, stepMs: STEP_MS, lanes: new Map(names.map((name) => [name, states])) },
      now: AT,
    },
    global: { plugins: [createTexts('en')] },
  })
  const rows = wrapper.findAll('[data-twin] tbody tr').map((row) => row.findAll('th, td').map((cell) => cell.text()))
  expect(new Set(rows.map(([who]) => who)).size).toBe(wrapper.findAll('[role=img]').length)
  expect(rows.filter(([who]) => who === 'cluster-00').map(([, what, , , lasted]) => [what, lasted])).toEqual([
    ['healthy', '5 min'],
    ['offline', '5 min'],
    ['healthy', '5 min'],
    ['not watched', '5 min'],
  ])
  const said = wrapper.find('[data-twin]').text()
  expect(said).toContain('2 more clusters are not drawn.')
  expect(said).toContain('Each state is the worst of 5 min.')
  expect(said).toContain('0 s old when this table was made')
  wrapper.unmount()
})
