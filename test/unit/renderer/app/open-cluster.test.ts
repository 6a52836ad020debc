import { afterEach, expect, it } from 'vitest'
import { defineComponent, h } from 'vue'
import type { ProfileRow } from '@contract/profiles'
import { ok } from '@contract/result'
import { NO_VIEWS } from '@contract/views'
import { useOpenCluster, type Opener } from '../../../../src-renderer/app/open-cluster'
import { useFleetStore } from '../../../../src-renderer/stores/fleet'
import { buildFrame } from '../../../support/frames'
import { openPage, PROFILE } from '../../../support/open-page'
import { fleetRow } from '../features/fleet/fleet-rows'

const opened: { unmount(): void }[] = []
afterEach(() => opened.splice(0).forEach((wrapper) => wrapper.unmount()))

const OTHER: ProfileRow = {
  profile: { ...PROFILE, id: 'other', name: 'other' },
  lastSeenAt: Number.NaN,
  open: false,
  needsPassword: false,
}
const { summary } = buildFrame()
const at = (level: typeof summary.headline.level) => ({ ...summary, headline: { ...summary.headline, level } })

/** Where a saved cluster opens that was left on the page of a topic; `summary`: of how it stood among the others. */
async function opensAt(stood: typeof summary | null): Promise<string> {
  let opener: Opener | null = null
  const Host = defineComponent(() => {
    opener = useOpenCluster()
    useFleetStore().rows = new Map([['other', fleetRow('other', { summary: stood })]])
    return () => h('i')
  })
  const { wrapper, router } = await openPage(Host, {
    frame: buildFrame(),
    answers: { 'views:read': () => Promise.resolve(ok({ ...NO_VIEWS, last: '/topic/orders' })) },
  })
  opened.push(wrapper)
  await opener!.open(OTHER)
  return router.currentRoute.value.path
}

it('opens on the page it was left on while nothing is known of it, and where it is well', async () => {
  expect([await opensAt(null), await opensAt(at('well'))]).toEqual(['/topic/orders', '/topic/orders'])
})

it('opens on its board where it is known to be in trouble, or not to be read', async () => {
  expect([await opensAt(at('danger')), await opensAt(at('unknown'))]).toEqual(['/', '/'])
})
