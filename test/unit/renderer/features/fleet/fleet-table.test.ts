import { mount } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { SAVED_CLUSTER } from '@contract/profiles'
import type { ProfileRow } from '@contract/profiles'
import type { FleetRow } from '@contract/fleet'
import { createTexts } from '../../../../../src-renderer/app/i18n'
import FleetTable from '../../../../../src-renderer/features/fleet/FleetTable.vue'
import { AT, fleetRow, unwatchedRow } from './fleet-rows'

const saved = (name: string, change: Partial<ProfileRow> = {}): ProfileRow => ({
  profile: { ...SAVED_CLUSTER.initial, id: name, name, bootstrap: [`${name}:9092`], watch: true },
  lastSeenAt: Number.NaN,
  open: false,
  needsPassword: false,
  ...change,
})
const opened: { unmount(): void }[] = []
afterEach(() => {
  for (const one of opened.splice(0)) one.unmount()
})

function table(profiles: ProfileRow[], rows: FleetRow[], more: Record<string, unknown> = {}) {
  const wrapper = mount(FleetTable, {
    attachTo: document.body,
    props: {
      profiles,
      rows: new Map(rows.map((row) => [row.cluster, row])),
      past: null,
      now: AT,
      filter: '',
      asking: '',
      opening: '',
      problem: { id: '', text: '' },
      ...more,
    },
    global: { plugins: [createTexts('en')] },
  })
  opened.push(wrapper)
  const names = (): string[] => wrapper.findAll('[data-cluster-row]').map((row) => row.attributes('data-cluster') ?? '')
  return { wrapper, names }
}
const three = [saved('a'), saved('b'), saved('c')]

describe('the list of saved clusters', () => {
  it('is worst first, and stays as it is while the pointer is among its rows', async () => {
    const { wrapper, names } = table(three, [fleetRow('a'), fleetRow('b', { worst: 'offline' }), unwatchedRow('c')])
    expect(names()).toEqual(['b', 'a', 'c'])
    await wrapper.find('[role=grid]').trigger('pointerenter')
    const next = [fleetRow('a', { worst: 'lost' }), fleetRow('b'), unwatchedRow('c')]
    await wrapper.setProps({ rows: new Map(next.map((row) => [row.cluster, row])) })
    expect(names()).toEqual(['b', 'a', 'c'])
    expect(wrapper.find('[data-cluster=a]').attributes('data-state')).toBe('lost')
    await wrapper.find('[role=grid]').trigger('pointerleave')
    expect(names()).toEqual(['a', 'b', 'c'])
  })

  it('is there before anything is known of its rows', () => {
    const { names, wrapper } = table(three, [])
    expect(names()).toEqual(['a', 'b', 'c'])
    expect(wrapper.text()).not.toMatch(/well|healthy/)
  })

  it('is gone through by the arrows, and Enter opens; a password is asked for first', async () => {
    const { wrapper } = table([saved('a'), saved('b', { needsPassword: true })], [fleetRow('a'), fleetRow('b')])
    const grid = wrapper.find('[role=grid]')
    await grid.trigger('keydown', { key: 'ArrowDown' })
    await grid.trigger('keydown', { key: 'Enter' })
    await grid.trigger('keydown', { key: 'ArrowDown' })
    expect(wrapper.find('[aria-selected=true]').attributes('data-cluster')).toBe('b')
    await grid.trigger('keydown', { key: 'Enter' })
    expect(wrapper.emitted('open')?.map(([row]) => (row as ProfileRow).profile.name)).toEqual(['a'])
    expect(wrapper.emitted('ask')).toEqual([['b']])
  })

  it('opens a row by one click, on its name too, and not by its switch', async () => {
    const { wrapper } = table(three, [fleetRow('a'), fleetRow('b'), fleetRow('c')])
    await wrapper.find('[data-cluster=a] button.name').trigger('click')
    await wrapper.find('[data-cluster=b]').trigger('click')
    await wrapper.find('[data-cluster=c] input[type=checkbox]').trigger('click')
    expect(wrapper.emitted('open')?.map(([row]) => (row as ProfileRow).profile.name)).toEqual(['a', 'b'])
    expect(wrapper.emitted('watch')?.map(([row, on]) => [(row as ProfileRow).profile.name, on])).toEqual([['c', false]])
  })

  it('shows what matches name, address or environment, and says so where none does', async () => {
    const { wrapper, names } = table(three, [fleetRow('a'), fleetRow('b'), fleetRow('c')], { filter: 'B:90' })
    expect(names()).toEqual(['b'])
    await wrapper.setProps({ filter: 'zz' })
    expect([names(), wrapper.text().includes('No saved cluster matches.')]).toEqual([[], true])
  })

  it('takes names of strangers as text', () => {
    const odd = '<b>x</b>\u202e'
    const { wrapper } = table([saved(odd)], [fleetRow(odd)])
    expect(wrapper.find('button.name').text()).toContain('<b>x</b>')
    expect(wrapper.find('button.name').text()).not.toContain('\u202e')
  })

  it('shows fifty', () => {
    const many = Array.from({ length: 50 }, (_, n) => saved(`c${n}`))
    expect(
      table(
        many,
        many.map(({ profile }) => fleetRow(profile.id)),
      ).names(),
    ).toHaveLength(50)
  })
})
