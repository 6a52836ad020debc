import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { defineComponent, h } from 'vue'
import { ok } from '@contract/result'
import { MARK_NOT_PREFERRED } from '@shared/states'
import { usePaletteActions } from '../../../../src-renderer/app/palette-actions'
import { useNoticesStore } from '../../../../src-renderer/stores/notices'
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
  return { ...page, run, text }
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

  it('arms the open cluster, and disarms it', async () => {
    const { run, text } = await open([])
    expect(text('arm')).toBe('Arm orders-eu for changes')
    await run('arm')
    expect(text('arm')).toBe('Disarm orders-eu')
  })
})
