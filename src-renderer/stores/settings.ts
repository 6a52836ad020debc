import type { AppInfo, Settings } from '@contract/ipc'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { useBridge } from '../bridge/bridge'

const DEFAULTS: Settings = {
  theme: 'system',
  language: 'system',
  density: 'normal',
  closing: 'ask',
  chartRange: '15m',
  coach: '3',
  boardTopics: 'list',
  boardMap: 'worst',
  boardZoom: 'fit',
  clock: 'local',
}

/** What a person has chosen, and what the machine says. A choice shows at once; when it could not be stored, `problem` says so. */
export const useSettingsStore = defineStore('settings', () => {
  const { calls } = useBridge()
  const settings = shallowRef<Settings>(DEFAULTS)
  const info = shallowRef<AppInfo | null>(null)
  const problem = ref('')
  const locale = computed<'en' | 'zh-CN'>(() => {
    const { language } = settings.value
    if (language !== 'system') return language
    return (info.value?.systemLanguage ?? 'en').toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
  })

  async function load(): Promise<void> {
    const [read, about] = await Promise.all([calls['settings:read'](), calls['app:info']()])
    if (read.ok) settings.value = read.value
    else problem.value = read.error.message
    if (about.ok) info.value = about.value
  }

  /** What the main process has to say now; notes of a cluster's own file come when it is opened. */
  async function lookAgain(): Promise<void> {
    const about = await calls['app:info']()
    if (about.ok) info.value = about.value
  }

  async function change(part: Partial<Settings>): Promise<void> {
    settings.value = { ...settings.value, ...part }
    const answer = await calls['settings:write'](settings.value)
    problem.value = answer.ok ? '' : answer.error.message
  }
  return { settings, info, problem, locale, load, lookAgain, change }
})
