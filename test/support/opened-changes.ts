/** The guarded changes on a fake cluster that a real session watches; time moves only when a test says so. */
import type { Changes } from '../../src-main/change/changes'
import type { Checkpoint } from '../../src-main/change/book/checkpoints'
import { createChanges } from '../../src-main/change/engine'
import { createLinks, type Links } from '../../src-main/change/links/links'
import type { LiveCluster } from '../../src-main/ports/live-cluster'
import type { ChangeDraft, ChangeView, ConfigEdit } from '../../src-main/contract/change'
import type { Result } from '../../src-main/contract/result'
import type { FakeOptions } from './fake-cluster'
import { liveOf, settled } from './live-cluster'
import { MemoryJournal } from './memory-journal'
import { clock, cluster, errors, session, start } from './opened-session'

export let changes: Changes
export let journal: MemoryJournal
export let live: LiveCluster
export let reached: Checkpoint[]
let links: Links
let isOpen = true
let serial = 0
/** Called at every checkpoint; a test that throws here ends the step there, as a sudden end would. */
export let onReach: { act: (point: Checkpoint) => void }

function make(): void {
  links = createLinks(live, clock)
  changes = createChanges({
    journal,
    clock,
    osUser: 'ann',
    environmentOf: () => live.environment,
    newId: () => `c${(serial += 1)}`,
    find: (id) => (isOpen && id === live.id ? live : null),
    linksOf: () => links,
    onUnexpected: (cause) => errors.push(cause),
    reach: (point) => {
      reached.push(point)
      onReach.act(point)
    },
  })
}

export async function startChanges(
  options: Partial<FakeOptions> = {},
  profile: Partial<LiveCluster> = {},
): Promise<void> {
  await start({ topics: 3, partitionsPerTopic: 2, ...options })
  serial = 0
  isOpen = true
  reached = []
  onReach = { act: () => undefined }
  journal = new MemoryJournal(() => clock.now())
  live = liveOf(session, profile)
  make()
}

/** Highwater ended suddenly and starts anew on the same journal: nothing of the old run is there any more. */
export function restart(): void {
  links.close()
  journal = journal.reopened()
  make()
}

export async function endChanges(): Promise<void> {
  onReach.act = () => undefined
  await settled(changes.close())
  links.close()
}

export const setOpen = (open: boolean): void => {
  isOpen = open
}

export function must<T>(result: Result<T>): T {
  if (!result.ok)
    throw new Error(`${result.error.code}: ${result.error.message} ${JSON.stringify(result.error.detail)}`)
  return result.value
}

export const view = (id: string): ChangeView => must(changes.get(id))
export const topicName = (at: number): string => `topic-${String(at).padStart(5, '0')}`
export const overridesOf = (topic: string): Record<string, string> =>
  Object.fromEntries(cluster.topic(topic)?.settings ?? new Map<string, string>())
export const setTo = (key: string, value: string): ConfigEdit => ({ key, op: 'set', value })
export const removal = (key: string): ConfigEdit => ({ key, op: 'delete', value: '' })
export const onTopics = (topics: readonly string[], ...edits: readonly ConfigEdit[]): ChangeDraft => ({
  kind: 'config',
  groups: [{ topics, edits }],
})

export async function planned(draft: ChangeDraft): Promise<ChangeView> {
  const { id } = must(changes.draft({ id: '', cluster: live.id, draft }))
  return must(await settled(changes.plan(id)))
}

/** Ticks and types whatever is needed. */
export function confirm(id: string): ChangeView {
  const { needs } = view(id)
  return must(
    changes.confirm({ id, ticks: needs!.ticks, typed: needs!.phrase, reason: needs!.reason ? 'because' : '' }),
  )
}

export async function confirmed(draft: ChangeDraft): Promise<ChangeView> {
  const { id } = await planned(draft)
  if (draft.kind === 'config') must(await settled(changes.validate(id)))
  return confirm(id)
}

/** Sends a confirmed change and waits until nothing of it is being written or verified. */
export async function applied(id: string, limitMs = 120_000): Promise<ChangeView> {
  must(await settled(changes.apply(id)))
  return rested(id, limitMs)
}

const AT_REST = ['applied', 'failed', 'unknown', 'verified', 'watched', 'undone', 'conflict']

export async function rested(id: string, limitMs = 120_000): Promise<ChangeView> {
  const isAtRest = (): boolean => {
    const { state, progress, verification } = view(id)
    return (
      AT_REST.includes(state) &&
      (progress === null || progress.what === 'watching') &&
      (state !== 'applied' || verification !== null)
    )
  }
  await clock.until(`${id} is at rest`, isAtRest, limitMs)
  return view(id)
}

export const done = async (draft: ChangeDraft): Promise<ChangeView> => applied((await confirmed(draft)).id)
