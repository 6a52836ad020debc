import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { defineComponent, h } from 'vue'
import { ok } from '@contract/result'
import { MARK_NOT_PREFERRED } from '@shared/states'
import { usePaletteActions } from '../../../../src-renderer/app/palette-actions'
import { CALLED_ACTIONS } from '../../../../src-renderer/features/palette/called'
import { useNoticesStore } from '../../../../src-renderer/stores/notices'
import { useUiStore } from '../../../../src-renderer/stores/ui'
import { useScreenStore } from '../../../../src-renderer/stores/screen'
import { buildFrame } from '../../../support/frames'
import { openPage, PROFILE } from '../../../support/open-page'
import { buildElection } from '../../../support/screen-changes'

const opened: { unmount(): void }[] = []
afterEach(() => opened.splice(0).forEach((wrapper) => wrapper.unmount()))

async function open(moved: readonly number[]) {
  let actions: ReturnType<typeof usePaletteActions> | null = null
  const nothing = (): Promise<void> => Promise.resolve()
  const nobody = { open: nothing, openNth: nothing, show: nothing, resume: nothing }
  const Host = defineComponent(() => {
    actions = usePaletteActions(nobody)
    return () => h('i')
  })
  const frame = buildFrame({
    topics: [
      ['a', 4],
      ['b', 2],
    ],
    change: (row) => (moved.includes(row) ? { leader: 5, marks: MARK_NOT_PREFERRED } : null),
  })
  const page = await openPage(Host, {
    frame,
    answers: {
      'change:draft': () => Promise.resolve(ok(buildElection({ id: 'election-1' }))),
      'clipboard:write': () => Promise.resolve(ok(null)),
      'cluster:arm': ({ armed }) =>
        Promise.resolve(ok({ cluster: PROFILE.id, armedUntil: armed ? Date.now() + 900_000 : Number.NaN })),
    },
  })
  opened.push(page.wrapper)
  const run = async (action: string): Promise<void> => {
    actions!.run(action)
    await flushPromises()
  }
  const text = (action: string) => actions!.actions.value.find((one) => one.action === action)?.text
  const all = () => actions!.actions.value
  return { ...page, run, text, all }
}

describe('the palette', () => {
  it('moves every leader back that is not where it belongs, by name and never by "all"', async () => {
    const { run, asked } = await open([1, 5])
    await run('leaders-back')
    const partitions = [
      { topic: 'a', partitions: [1] },
      { topic: 'b', partitions: [1] },
    ]
    expect(asked('change:draft')).toEqual([{ id: '', cluster: PROFILE.id, draft: { kind: 'election', partitions } }])
  })

  it('says so when every leader is where it belongs', async () => {
    const { run, asked } = await open([])
    await run('leaders-back')
    expect(asked('change:draft')).toEqual([])
    expect(useNoticesStore().notice?.text).toBe('Every leader seen is on its preferred replica already.')
  })

  it('has every action that another name leads to, and the deeds of the page on screen', async () => {
    const { router, all, text, run, asked } = await open([1])
    useUiStore().palette = true
    const places = ['/topic/a', '/topic/orders', '/partition/orders/3', '/broker/2', '/']
    const seen = new Set<string>()
    for (const path of places) {
      await router.push(path)
      useScreenStore().offer = { command: () => 'kafka-topics.sh --list', fix: () => 'fix it' }
      for (const { action } of all()) seen.add(action)
    }
    useScreenStore().offer = { exportable: () => ({ name: '', columns: [], rows: [] }) }
    await flushPromises()
    for (const { action } of all()) seen.add(action)
    expect(CALLED_ACTIONS.filter((name) => !seen.has(name))).toEqual([])
    await router.push('/topic/orders')
    expect(
      all()
        .filter(({ group }) => group === 'here')
        .map(({ action }) => action),
    ).toEqual(['config-topic', 'timeline-here', 'copy-name', 'export'])
    expect(text('copy-name')).toBe('Copy the name orders')
    await run('copy-name')
    expect(asked('clipboard:write')).toEqual([{ text: 'orders' }])
  })

  it('arms the open cluster, and disarms it', async () => {
    const { run, text } = await open([])
    expect(text('arm')).toBe('Arm orders-eu for changes')
    await run('arm')
    expect(text('arm')).toBe('Disarm orders-eu')
  })
})
