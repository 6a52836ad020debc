import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { plainShape, startCluster } from '../../tools/sandbox'
import type { Cluster } from '../../tools/sandbox'
import { run } from '../../tools/setup/command'
import { openDisplay } from '../../tools/setup/display'
import { endings } from '../support/endings'

const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'highwater-packaged-'))
const application = join(folder, 'linux-unpacked')
const executable = join(application, 'highwater')

/** What an archive has in its node_modules. Its table of contents is JSON behind 16 bytes, the last four of which tell its length. */
function packedPackages(archive: string): string[] {
  const bytes = readFileSync(archive)
  const contents = JSON.parse(bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12))) as {
    readonly files: { readonly node_modules: { readonly files: object } }
  }
  return Object.keys(contents.files.node_modules.files).sort()
}

const opened = endings()
let cluster: Cluster

// The other systems' folders look different; CI packages on Linux.
describe.runIf(process.platform === 'linux')('npm run package', () => {
  beforeAll(async () => {
    cluster = await startCluster({ shape: plainShape(1), combined: true })
    opened.add(() => cluster.close())
    const args = [join(root, 'tools/run.mjs'), 'package', `-c.directories.output=${folder}`]
    const { code, output } = await run(process.execPath, args, { cwd: root, limitMs: 420_000 })
    expect(code, output).toBe(0)
  })

  afterAll(async () => {
    await opened.all()
    rmSync(folder, { recursive: true, force: true })
  })

  it.each([
    ['RunAsNode', FuseV1Options.RunAsNode, 'off'],
    ['EnableCookieEncryption', FuseV1Options.EnableCookieEncryption, 'on'],
    ['EnableNodeOptionsEnvironmentVariable', FuseV1Options.EnableNodeOptionsEnvironmentVariable, 'off'],
    ['EnableNodeCliInspectArguments', FuseV1Options.EnableNodeCliInspectArguments, 'off'],
    ['EnableEmbeddedAsarIntegrityValidation', FuseV1Options.EnableEmbeddedAsarIntegrityValidation, 'on'],
    ['OnlyLoadAppFromAsar', FuseV1Options.OnlyLoadAppFromAsar, 'on'],
    ['GrantFileProtocolExtraPrivileges', FuseV1Options.GrantFileProtocolExtraPrivileges, 'off'],
  ] as const)('has the fuse %s set', async (_, fuse, wanted) => {
    const wire = await getCurrentFuseWire(executable)
    // The bytes in the binary are the digits '0' (off) and '1' (on).
    expect(String.fromCharCode(wire[fuse] ?? 0)).toBe(wanted === 'on' ? '1' : '0')
  })

  it('holds nothing beside its archive that Electron would load', () => {
    expect(existsSync(join(application, 'resources', 'app.asar'))).toBe(true)
    expect(existsSync(join(application, 'resources', 'app'))).toBe(false)
  })

  it('has the terms of what it contains of others, and no address for updates', () => {
    const resources = join(application, 'resources')
    const notices = readFileSync(join(resources, 'THIRD-PARTY-NOTICES.txt'), 'utf8')
    const names = [
      'vue',
      'pinia',
      'vue-router',
      'vue-i18n',
      'reka-ui',
      'echarts',
      'zrender',
      'zod',
      'kafkajs',
      'libsql',
    ]
    expect(names.filter((name) => !new RegExp(`^${name} \\d`, 'm').test(notices))).toEqual([])
    // Of ECharts: its own notice, and the licence of what it has taken over.
    for (const file of ['NOTICE', 'licenses/LICENSE-d3'])
      expect(notices).toContain(readFileSync(join(root, 'node_modules/echarts', file), 'utf8').trim())
    expect(readFileSync(join(resources, 'LICENSE.txt'))).toEqual(readFileSync(join(root, 'LICENSE')))
    expect(readdirSync(resources).sort()).toEqual([
      'LICENSE.txt',
      'THIRD-PARTY-NOTICES.txt',
      'app.asar',
      'app.asar.unpacked',
    ])
  })

  it('ships no package twice', () => {
    expect(packedPackages(join(application, 'resources', 'app.asar'))).toEqual([
      '@libsql',
      '@neon-rs',
      'detect-libc',
      'electron-log',
      'libsql',
    ])
  })

  it('starts, reads real brokers and draws their board', async () => {
    const picture = join(folder, 'board.png')
    // A screen of its own: on that of other windows it would take the focus from them.
    const display = await openDisplay(undefined, true)
    const child = spawn(executable, process.getuid?.() === 0 ? ['--no-sandbox'] : [], {
      env: {
        ...process.env,
        ...display.env,
        HIGHWATER_BOOTSTRAP: cluster.bootstrap,
        HIGHWATER_PROFILE: join(folder, 'profile'),
        HIGHWATER_SCREENSHOT: picture,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    child.stderr.on('data', (text: Buffer) => (said += text.toString()))
    const limit = setTimeout(() => child.kill('SIGKILL'), 240_000)
    const code = await new Promise((resolve) => child.once('exit', resolve))
    clearTimeout(limit)
    display.close()
    expect(code, said).toBe(0)
    expect(readFileSync(picture).subarray(1, 4).toString()).toBe('PNG')
  })
})
