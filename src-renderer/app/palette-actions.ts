import type { ComputedRef } from 'vue'
import { computed } from 'vue'
import { useSay } from '../features/common/use-say'
import { useWords } from '../features/common/use-words'
import { useRouter } from 'vue-router'
import type { RouteLocationRaw } from 'vue-router'
import { SETTINGS } from '@contract/ipc'
import { leadersBack } from '../features/change/start/election-draft'
import { stayWords } from '../features/change/start/stay-words'
import { useStartChange } from '../features/change/start/use-start-change'
import { thingOf } from '../features/deeds/thing'
import { useDeeds } from '../features/deeds/use-deeds'
import type { PaletteGroupName } from '../features/palette/palette-item'
import type { PaletteAction } from '../features/palette/use-palette-source'
import { useClusterStore } from '../stores/cluster'
import { useHistoryStore } from '../stores/history'
import type { KeyName } from '../stores/key-table'
import { keyText } from '../stores/key-table'
import { useNoticesStore } from '../stores/notices'
import { useProfilesStore } from '../stores/profiles'
import { useScreenStore } from '../stores/screen'
import { useSettingsStore } from '../stores/settings'
import { useUiStore } from '../stores/ui'
import { useArm } from './arm'
import { configPlaces } from './config-deeds'
import { newestIncident } from './newest-incident'
import type { MenuEntry } from '../ui/menu-offers'
import type { Opener } from './open-cluster'
import { useScreenActions } from './screen-actions'

interface Deed extends PaletteAction {
  readonly run: () => unknown
}

/** Everything the menu and the keys can do, by name. */
export function usePaletteActions(opener: Opener): {
  actions: ComputedRef<readonly PaletteAction[]>
  run: (action: string) => void
} {
  const { t } = useWords()
  const say = useSay()
  const router = useRouter()
  const cluster = useClusterStore()
  const history = useHistoryStore()
  const profiles = useProfilesStore()
  const settings = useSettingsStore()
  const screen = useScreenStore()
  const ui = useUiStore()
  const notices = useNoticesStore()
  const arm = useArm()
  const { start: startChange } = useStartChange()
  const { copy, copyCommand, startExport } = useScreenActions()
  const deeds = useDeeds()
  const deed = (
    action: string,
    text: string,
    keys: string,
    run: () => unknown,
    group: PaletteGroupName = 'do',
  ): Deed => ({ action, text, keys, run, group, why: '' })
  const goTo = (action: string, text: string, keys: string, to: RouteLocationRaw): Deed =>
    deed(action, text, keys, () => router.push(to), 'go')
  const page = (
    name:
      | 'board'
      | 'topics'
      | 'brokers'
      | 'history'
      | 'loss'
      | 'what-if'
      | 'audit'
      | 'quorum'
      | 'changes'
      | 'connect'
      | 'settings',
    key: KeyName,
  ): Deed => goTo(`page-${name}`, t(`palette.go.${name}`), keyText(key), { name })

  const armDeeds = (): Deed[] => {
    const state = arm.state.value
    if (state !== 'read-only' && state !== 'armed') return []
    const text = t(state === 'armed' ? 'arm.paletteDisarm' : 'arm.paletteArm', { name: cluster.cluster?.name ?? '' })
    return [deed('arm', text, keyText('arm'), arm.toggle)]
  }
  /** Of the whole cluster; counted when it is asked for: the frame around the pages draws this list with every picture. */
  function allLeadersBack(): unknown {
    if (cluster.view === null) return undefined
    const found = leadersBack(cluster.view, {})
    if (found.count > 0) return startChange(found.draft)
    const held = stayWords(say.value, found)
    notices.say(held === '' ? t('election.none') : held)
    return undefined
  }

  const copyDeeds = (): Deed[] => {
    if (screen.offer?.command === undefined) return []
    const fixes = (screen.offer.fix?.() ?? '') !== ''
    return [
      ...(fixes ? [deed('copy-fix', t('app.copyFix'), keyText('copy'), copy, 'here')] : []),
      deed('copy', t('app.copyCommand'), fixes ? '' : keyText('copy'), copyCommand, 'here'),
    ]
  }

  /** Of what the page on screen is of. What is planned is worked out while the palette is open: the frame around the pages draws this list with every picture. */
  const hereDeeds = (): Deed[] => {
    const thing = thingOf(router.currentRoute.value)
    const shown = (entries: readonly MenuEntry[]): Deed[] =>
      entries.map(({ id, text, keys, why, run }) => ({ ...deed(id, text, keys, run, 'here'), why }))
    if (thing === null) return copyDeeds()
    return [
      ...shown(deeds.places(thing)),
      ...(ui.palette ? shown(deeds.plans(thing)) : []),
      ...copyDeeds(),
      ...shown(deeds.names(thing)),
    ]
  }

  const onCluster = (): Deed[] => [
    ...hereDeeds(),
    page('board', 'board'),
    page('topics', 'topics'),
    page('brokers', 'brokers'),
    page('history', 'history'),
    goTo('page-advisor', t('palette.go.advisor'), keyText('advisor'), { name: 'advisor' }),
    goTo(
      'page-timeline',
      t('palette.go.timeline'),
      thingOf(router.currentRoute.value) === null ? keyText('timeline') : '',
      {
        name: 'timeline',
      },
    ),
    goTo('page-churn', t('palette.go.churn'), '', { name: 'churn' }),
    goTo('incident', t('palette.incident'), keyText('incident'), newestIncident(history.newest)),
    page('loss', 'loss'),
    page('what-if', 'what-if'),
    page('quorum', 'quorum'),
    goTo('page-agreement', t('palette.go.agreement'), '', { name: 'agreement' }),
    page('audit', 'audit'),
    ...configPlaces(t, router.currentRoute.value.params).map(({ id, text, keys, to }) => goTo(id, text, keys, to)),
    deed('pause', t(cluster.status?.phase === 'paused' ? 'palette.goOn' : 'palette.pause'), keyText('pause'), () =>
      cluster.pause(cluster.status?.phase !== 'paused'),
    ),
    ...armDeeds(),
    deed('leaders-back', t('election.palette'), '', allLeadersBack),
  ]
  const all = computed<readonly Deed[]>(() => [
    ...(cluster.cluster === null ? [] : onCluster()),
    ...(screen.offer?.exportable === undefined && screen.offer?.report === undefined
      ? []
      : [deed('export', t('palette.export'), keyText('export'), startExport, 'here')]),
    page('changes', 'changes'),
    page('connect', 'list'),
    page('settings', 'settings'),
    ...profiles.rows
      .filter((row) => row.profile.id !== cluster.cluster?.id)
      .map((row) =>
        deed(
          `open-${row.profile.id}`,
          t('palette.openCluster', { name: row.profile.name }),
          '',
          () => opener.open(row),
          'cluster',
        ),
      ),
    ...SETTINGS.theme.map((theme) =>
      deed(`theme-${theme}`, t('palette.theme', { theme: t(`settings.theme.${theme}`) }), '', () =>
        settings.change({ theme }),
      ),
    ),
    ...(['en', 'zh-CN'] as const).map((language) =>
      deed(`language-${language}`, t('palette.language', { language: t(`settings.language.${language}`) }), '', () =>
        settings.change({ language }),
      ),
    ),
    deed('keys', t('palette.keys'), keyText('help'), () => (ui.keys = true)),
  ])
  function run(action: string): void {
    const found = all.value.find((candidate) => candidate.action === action)
    if (found === undefined) return
    if (found.why === '') void found.run()
    else notices.say(found.why)
  }
  return { actions: all, run }
}
