import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { defineComponent, h } from 'vue'
import { fail, ok } from '@contract/result'
import { useStartChange } from '../../../../../src-renderer/features/change/start/use-start-change'
import { useUndo } from '../../../../../src-renderer/features/changes/use-undo'
import { useChangesStore } from '../../../../../src-renderer/stores/changes'
import { useNoticesStore } from '../../../../../src-renderer/stores/notices'
import { buildFrame } from '../../../../support/frames'
import { buildEntry } from '../../../../support/journal-entries'
import { openPage, PROFILE } from '../../../../support/open-page'
import { buildChange } from '../../../../support/screen-changes'

const draft = {
  kind: 'config',
  groups: [{ topics: ['t'], edits: [{ key: 'k', op: 'set', value: '1' }] }],
} as const

/** Where the window makes changes: from edits and elections, and from the journal. */
async function open(answer: () => Promise<unknown>) {
  const makers: { start: () => Promise<unknown>; undo: () => Promise<unknown> }[] = []
  const page = await openPage(
    defineComponent({
      setup() {
        const { start } = useStartChange()
        const { undo } = useUndo()
        makers.push({ start: () => start(draft), undo: () => undo(buildEntry('one', { cluster: PROFILE.id })) })
        return () => h('div')
      },
    }),
    {
      frame: buildFrame({ topics: [['t', 1]] }),
      answers: { 'change:draft': answer as never, 'change:undo': answer as never },
    },
  )
  return { ...page, ...makers[0]! }
}

describe('making a change', () => {
  it('reads the same where it is refused for the same reason, and leaves what is on screen alone', async () => {
    const refused = fail('conflict', 'not open', { text: 'not-open' })
    const { start, undo } = await open(() => Promise.resolve(refused))
    await start()
    expect(useNoticesStore().notice?.text).toBe('No change was created: The cluster is not open. Open it first.')
    await undo()
    expect(useNoticesStore().notice?.text).toBe('Not undone: The cluster is not open. Open it first.')
    expect(useChangesStore().problem).toBeNull()
  })

  it('goes to the page of what was made', async () => {
    const { start, router } = await open(() => Promise.resolve(ok(buildChange({ id: 'made' }))))
    expect(await start()).toBe(true)
    expect(router.currentRoute.value).toMatchObject({ name: 'change', params: { id: 'made' } })
  })

  it('is done once, however often it is asked for', async () => {
    let release = (): void => undefined
    const { start, undo, asked } = await open(
      () => new Promise((resolve) => (release = () => resolve(ok(buildChange())))),
    )
    const first = start()
    expect(useChangesStore().making).toBe(true)
    expect(await start()).toBe(false)
    await undo()
    release()
    await first
    await flushPromises()
    expect([asked('change:draft').length, asked('change:undo').length]).toEqual([1, 0])
    expect(useChangesStore().making).toBe(false)
  })
})
