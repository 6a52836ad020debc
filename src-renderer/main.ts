import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './app/App.vue'
import { createTexts } from './app/i18n'
import { createPages } from './app/router'
import { BRIDGE } from './bridge/bridge'
import { windowBridge } from './bridge/window-bridge'
import { useProfilesStore } from './stores/profiles'
import { useSettingsStore } from './stores/settings'
import './ui/tokens.css'
import './ui/base.css'
import './ui/overlays.css'

/**
 * Settings are read before anything is drawn, so that theme and language do not change under the eye; so are the clusters, because one that the main
 * process has open already is what is drawn first.
 */
async function start(page: Window): Promise<void> {
  const app = createApp(App)
  app.provide(BRIDGE, windowBridge(page))
  app.use(createPinia())
  const settings = useSettingsStore()
  const profiles = useProfilesStore()
  await Promise.all([settings.load(), profiles.load()])
  app.use(createTexts(settings.locale))
  app.use(createPages(profiles.open === null ? '/connect' : '/board'))
  app.mount('#app')
}

void start(window)
