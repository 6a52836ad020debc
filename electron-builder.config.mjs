import { rmSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The stock runtime carries a launcher for unpackaged starts, which Electron would prefer to the packaged application, and one that was unpacked
 * by an earlier Highwater names where another product looks for updates. An official one has neither, and then there is nothing to remove.
 */
function withoutRemains({ appOutDir }) {
  for (const name of ['app', 'app-update.yml'])
    rmSync(join(appOutDir, 'resources', name), { recursive: true, force: true })
}

/** @type {import('electron-builder').Configuration} */
export default {
  appId: 'io.highwater.desktop',
  productName: 'Highwater',
  directories: { output: 'dist' },
  files: [
    'out/main/**',
    'out/preload/**',
    'out/renderer/**',
    'resources/icon.png',
    'resources/tray-*.png',
    'package.json',
  ],
  // Where a person can read them, beside the archive.
  extraResources: [
    { from: 'LICENSE', to: 'LICENSE.txt' },
    { from: 'out/THIRD-PARTY-NOTICES.txt', to: 'THIRD-PARTY-NOTICES.txt' },
  ],
  asar: true,
  // libsql's native part has to be a real file; everything else stays inside the checked archive.
  asarUnpack: ['node_modules/@libsql/**/*.node'],
  npmRebuild: false,
  publish: null,
  afterExtract: withoutRemains,
  // Last step before signing: what could turn the application into something else is switched off for good.
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
    loadBrowserProcessSpecificV8Snapshot: false,
  },
  icon: 'resources/icon.png',
  linux: { target: ['dir'], executableName: 'highwater', category: 'Development' },
  mac: { target: ['dir'], category: 'public.app-category.developer-tools', identity: null },
  win: { target: ['dir'] },
}
