import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
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
