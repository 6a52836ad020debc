import type { ChangeView } from '@contract/change'
import { storeToRefs } from 'pinia'
import type { ComputedRef } from 'vue'
import { computed, onBeforeUnmount, shallowRef, watch } from 'vue'
import { useRouter } from 'vue-router'
import type { Confirming } from '../../stores/changes'
import { useChangesStore } from '../../stores/changes'
import { useClusterStore } from '../../stores/cluster'
import { keyText } from '../../stores/key-table'
import { useNoticesStore } from '../../stores/notices'
import { useUndoOfferStore } from '../../stores/undo-offer'
import { counted } from '../common/say'
import { useSay } from '../common/use-say'
import { draftTopics, withoutKey, withoutTopics, withRemoval } from '@shared/draft'
import type { PrimaryStep } from './steps'
import { isOpen, primaryStep } from './steps'
import { problemWords } from './parts/problem-words'

/** How long discarding may be taken back. */
const TAKE_BACK_MS = 15_000

type ConfigDraft = Extract<ChangeView['draft'], { kind: 'config' }>

/** What the change page can do, and when. The main process decides; a step that is not in `next` is not offered. */
export function useChangePage(id: () => string) {
  const router = useRouter()
  const say = useSay()
  const changes = useChangesStore()
  const notices = useNoticesStore()
  const offer = useUndoOfferStore()
  const { view, progress, doing } = storeToRefs(changes)
  const { cluster, now } = storeToRefs(useClusterStore())
  const given = shallowRef<{ confirming: Confirming; complete: boolean }>({
    confirming: { ticks: [], typed: '', reason: '' },
    complete: false,
  })

  const here = computed(() => view.value !== null && cluster.value?.id === view.value.cluster)
  const armedUntil = computed(() =>
    here.value && cluster.value !== null ? changes.armedUntil(cluster.value) : Number.NaN,
  )
  const armed = computed(() => armedUntil.value > now.value)
  const primary: ComputedRef<PrimaryStep | null> = computed(() =>
    view.value === null ? null : primaryStep(view.value, armed.value),
  )
  /** What the risk asks of the person comes before the press that applies; once confirmed it is given. */
  const asksFirst = computed(() => primary.value === 'apply' && view.value?.state !== 'confirmed')
  const busy = computed(() => doing.value !== '' || (view.value?.state === 'draft' && progress.value !== null))
  const ready = computed(() => here.value && !busy.value && (!asksFirst.value || given.value.complete))
  const mayUndo = computed(() => cluster.value !== null && view.value?.next.includes('undo') === true)

  const goTo = (made: ChangeView | null): void => {
    if (made !== null) void router.push({ name: 'change', params: { id: made.id } })
  }
  const plan = (): Promise<unknown> => changes.run('plan')
  const undo = async (): Promise<void> => {
    if (mayUndo.value && cluster.value !== null) goTo(await changes.undo(cluster.value.id))
  }
  const arm = async (): Promise<void> => {
    if (cluster.value !== null) await changes.arm(cluster.value.id, true)
  }
  /** The rest leaves out what is gone or was made anew, and that is said. */
  async function rest(): Promise<void> {
    const before = view.value
    const made = await changes.run('rest')
    if (before === null || made === null) return
    const kept = new Set(draftTopics(made.draft))
    const notBegun = before.results.filter(({ outcome }) => outcome === 'not-begun').map(({ topic }) => topic)
    const dropped = new Set(notBegun.filter((topic) => !kept.has(topic))).size
    if (dropped > 0) notices.say(counted(say.value, 'change.restWithout', dropped))
    goTo(made)
  }
  async function next(): Promise<void> {
    const step = primary.value
    if (step === null || step === 'arm' || !ready.value) return
    if (step === 'apply') await apply()
    else if (step === 'rest') await rest()
    else await changes.run(step)
  }
  /** Confirms and applies by one press: each is a step of its own in main, which checks what was given, and a line of the journal. */
  async function apply(): Promise<void> {
    if (asksFirst.value && (await changes.confirm(given.value.confirming)) === null) return
    const sent = await changes.run('apply')
    if (sent !== null && sent.draft.kind === 'config') offer.expect(sent)
  }
  /** Whoever presses the same key in a row does not arm a cluster by it. */
  async function nextByKey(): Promise<void> {
    if (primary.value === 'arm' && view.value !== null)
      notices.say(say.value.t('arm.byHand', { name: view.value.clusterName, keys: keyText('arm') }))
    else await next()
  }
  /** Leaves it as it is: what is not sent stays in the list of changes. */
  const away = (): void => void router.push({ name: router.hasRoute('changes') ? 'changes' : 'board' })
  /** What was given up is made anew: the same edits, or the same undo, as a change of its own that is planned again. */
  async function makeAgain({ cluster: of, draft, undoOf }: ChangeView): Promise<void> {
    const made = undoOf === '' ? await changes.create(of, draft) : await changes.takeBack(undoOf, of)
    if (made === null) return
    if (made.ok) goTo(made.value)
    else notices.say(say.value.t('change.notDrafted', { why: problemWords(say.value, made.error) }), { tone: 'bad' })
  }
  async function discard(): Promise<void> {
    const given = view.value
    if (given === null || !isOpen(given) || (await changes.run('discard')) === null) return
    notices.say(say.value.t('change.status.discarded'), {
      action: { text: say.value.t('change.makeAgain'), run: () => void makeAgain(given) },
      forMs: TAKE_BACK_MS,
    })
    away()
  }
  /** New edits are planned at once: the page never shows a plan of other edits. */
  async function redraft(edit: (draft: ConfigDraft) => ConfigDraft | null): Promise<void> {
    const current = view.value
    if (current === null || current.draft.kind !== 'config') return
    const draft = edit(current.draft)
    if (draft === null) await discard()
    else if ((await changes.draft(current.id, current.cluster, draft)) !== null) await plan()
  }

  let release = (): void => undefined
  watch(id, (shown) => (release = changes.show(shown)), { immediate: true })
  onBeforeUnmount(() => release())

  // Whoever comes here with a fresh draft has asked for its plan; once a visit, a failure is for the person to repeat.
  let planned = ''
  watch(
    () => here.value && view.value?.state === 'draft' && view.value.plan === null && view.value.next.includes('plan'),
    (wanted) => {
      if (!wanted || planned === id()) return
      planned = id()
      void plan()
    },
    { immediate: true },
  )

  return {
    view,
    progress,
    now,
    here,
    cluster,
    armedUntil,
    primary,
    ready,
    busy,
    mayUndo,
    plan,
    validate: (): Promise<unknown> => changes.run('validate'),
    undo,
    arm,
    next,
    nextByKey,
    away,
    discard,
    give: (confirming: Confirming, complete: boolean): void => {
      given.value = { confirming, complete }
    },
    rest,
    verify: (): Promise<unknown> => changes.run('verify'),
    stop: (): Promise<void> => changes.stop(),
    dropKey: (key: string): Promise<void> => redraft((draft) => withoutKey(draft, key)),
    dropTopic: (topic: string): Promise<void> => redraft((draft) => withoutTopics(draft, new Set([topic]))),
    removeStored: (key: string, topics: ReadonlySet<string>): Promise<void> =>
      redraft((draft) => withRemoval(draft, topics, key)),
  }
}
