/**
 * Feeds each forbidden import to ESLint with the project's own configuration and expects an error. The table is written out by hand: it says
 * again, in other words, what tools/lint/layers.mjs says, so that loosening one of them is seen.
 */
import { join } from 'node:path'
import { ESLint } from 'eslint'
import tseslint from 'typescript-eslint'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { projectRoot } from '../../../tools/setup/places'

// Rules that need types want files that exist; the boundary rule does not.
const eslint = new ESLint({
  cwd: projectRoot,
  overrideConfig: [
    { ...tseslint.configs.disableTypeChecked, files: ['**/*'] },
    { languageOptions: { parserOptions: { projectService: false } } },
  ],
})

vi.setConfig({ testTimeout: 30_000 })
// The first text loads the configuration with all its plugins.
beforeAll(() => eslint.lintText('', { filePath: join(projectRoot, 'src-main/contract/probe.ts') }), 60_000)

async function complaints(file: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, { filePath: join(projectRoot, file), warnIgnored: true })
  if (result === undefined || result.messages.some(({ fatal, ruleId }) => fatal === true || ruleId === null)) {
    throw new Error(`ESLint did not read ${file}: ${JSON.stringify(result?.messages)}`)
  }
  return result.messages.filter(({ ruleId }) => ruleId === 'house/layers').map(({ message }) => message)
}

const asFile = (file: string, specifier: string): string => {
  const line = `import { thing } from '${specifier}'\nexport const other = thing\n`
  return file.endsWith('.vue')
    ? `<script setup lang="ts">\n${line.replace('export ', '')}</script>\n<template><p>{{ other }}</p></template>\n`
    : line
}

/** File, what it may import, what it may not. */
const boundaries: readonly (readonly [file: string, allowed: readonly string[], forbidden: readonly string[]])[] = [
  [
    'src-main/shared/probe.ts',
    ['./severity'],
    ['../contract/frame', '../domain/topology/columns', '../ports/clock', 'node:fs', 'electron', 'vue', 'zod'],
  ],
  [
    'src-main/contract/probe.ts',
    ['./frame', 'zod'],
    ['../domain/topology/columns', '../ports/cluster-port', 'node:fs', 'electron', 'vue', 'kafkajs', 'libsql'],
  ],
  [
    'src-main/domain/probe.ts',
    ['./topology/columns', '../contract/frame', '../shared/severity'],
    [
      '../ports/cluster-port',
      '../kafka/client/options',
      '../monitor/session',
      '../history/samples',
      'node:fs',
      'electron',
      'kafkajs',
      'libsql',
      'zod',
    ],
  ],
  [
    'src-main/ports/cluster-port.ts',
    ['../domain/topology/columns', '../contract/result', '../shared/severity', 'node:timers'],
    ['../kafka/client/options', '../kafka/wire/reader', '../monitor/session', 'kafkajs', 'electron', 'libsql'],
  ],
  [
    'src-main/kafka/client/probe.ts',
    [
      '../../ports/cluster-port',
      '../wire/reader',
      '../../domain/topology/columns',
      '../../contract/result',
      'kafkajs',
      'node:tls',
    ],
    [
      '../../monitor/session',
      '../../ipc/handle',
      '../../profiles/secrets',
      '../../shell/log',
      'electron',
      'electron-log/node',
      'libsql',
      'vue',
    ],
  ],
  [
    'src-main/monitor/probe.ts',
    ['../ports/cluster-port', '../domain/topology/columns', '../contract/frame', 'node:timers'],
    [
      '../kafka/client/cluster-client',
      '../kafka/wire/reader',
      '../ipc/push',
      '../history/samples',
      '../profiles/secrets',
      'kafkajs',
      'electron',
      'libsql',
    ],
  ],
  [
    'src-main/change/probe.ts',
    ['../ports/cluster-port', '../domain/topology/columns', '../contract/frame'],
    [
      '../kafka/client/cluster-client',
      '../kafka/wire/elect-leaders',
      '../monitor/session',
      '../ipc/handle',
      'kafkajs',
      'electron',
      'libsql',
    ],
  ],
  [
    'src-main/sqlite/probe.ts',
    ['../ports/stored-row', '../contract/ipc', 'libsql', 'node:fs'],
    ['../history/journal', '../profiles/store-file', '../domain/topology/columns', 'electron', 'zod'],
  ],
  [
    'src-main/audit/probe.ts',
    [
      '../domain/audit/audit',
      '../change/configs/read-topics',
      '../change/links/links',
      '../history/journal-body',
      'zod',
    ],
    ['../ipc/handle', '../kafka/client/cluster-client', 'node:fs', 'electron'],
  ],
  [
    'src-main/history/probe.ts',
    ['../sqlite/file-aside', '../domain/topology/columns', '../contract/live', '../ports/journal', 'libsql'],
    ['../kafka/client/cluster-client', '../monitor/session', '../ipc/push', 'kafkajs', 'electron'],
  ],
  [
    'src-main/profiles/probe.ts',
    ['../sqlite/file-aside', '../contract/profiles', 'libsql', 'node:fs'],
    ['../kafka/client/cluster-client', '../monitor/session', '../shell/log', 'electron', 'kafkajs'],
  ],
  [
    'src-main/ipc/probe.ts',
    ['../contract/ipc', '../monitor/session', '../profiles/profiles', 'electron', 'zod'],
    ['../kafka/client/cluster-client', '../shell/window', '../compose/connect', 'kafkajs', 'libsql', 'vue'],
  ],
  [
    'src-main/telling/probe.ts',
    ['../contract/telling', '../domain/telling/telling', '../ports/clock', '../monitor/session', 'node:http'],
    [
      '../ipc/handle',
      '../shell/log',
      '../history/book/writer',
      '../profiles/kept-store',
      'electron',
      'kafkajs',
      'libsql',
    ],
  ],
  [
    'src-main/shell/probe.ts',
    ['../contract/ipc', '../ports/notifier', '../profiles/kept-store', 'electron', 'electron-log/node'],
    ['../ipc/handle', '../monitor/session', '../telling/teller', '../domain/topology/columns', 'kafkajs', 'libsql'],
  ],
  [
    'src-main/preload/probe.ts',
    ['../contract/ipc', 'electron'],
    ['../ipc/handle', '../profiles/secrets', 'node:fs', 'kafkajs', 'zod'],
  ],
  [
    'src-main/index.ts',
    ['./compose', './compose/connect', './shell/environment', 'electron'],
    ['./ports/cluster-port', './monitor/session', './ipc/handle', 'kafkajs', 'libsql'],
  ],
  [
    'src-main/compose.ts',
    ['./kafka/client/cluster-client', './monitor/session', './ipc/handle', './shell/window', 'electron'],
    ['kafkajs', 'libsql', 'vue'],
  ],
  [
    'src-main/inspect.ts',
    ['./kafka/client/cluster-client', './monitor/session', './history/samples'],
    ['./ipc/handle', './profiles/secrets', './shell/log', 'electron', 'libsql', 'kafkajs'],
  ],
  ['src-main/elsewhere/probe.ts', [], ['../contract/frame', 'node:fs', 'zod']],
  [
    'src-renderer/ui/probe.ts',
    ['./row-height', '../../src-main/shared/words/language', 'vue', 'reka-ui'],
    [
      '../stores/cluster',
      '../bridge/bridge',
      '../features/board/view-model',
      '../../src-main/contract/frame',
      'pinia',
      'echarts',
    ],
  ],
  ['src-renderer/ui/BaseProbe.vue', ['vue'], ['../stores/cluster', 'electron', 'node:fs']],
  [
    'src-renderer/charts/probe.ts',
    ['@contract/live', '../ui/row-height', 'echarts/core', 'vue'],
    ['../stores/cluster', '../bridge/bridge', '../features/board/view-model', 'pinia', 'electron'],
  ],
  [
    'src-renderer/bridge/probe.ts',
    ['@contract/ipc', 'vue'],
    ['../stores/cluster', '../../src-main/ipc/handle', '../../src-main/preload/preload', 'electron', 'zod'],
  ],
  [
    'src-renderer/stores/probe.ts',
    ['../bridge/bridge', '@contract/frame', 'pinia'],
    [
      '../features/board/view-model',
      '../charts/probe',
      '../ui/row-height',
      '../../src-main/monitor/session',
      'electron',
    ],
  ],
  [
    'src-renderer/features/board/ProbePage.vue',
    ['../../stores/cluster', '../../charts/probe', '../../ui/row-height', '@contract/frame', 'vue-i18n'],
    [
      '../../app/router',
      '../../../src-main/domain/picture/assess',
      '../../../src-main/ports/cluster-port',
      'electron',
      'node:fs',
      'kafkajs',
      'echarts',
      'zod',
    ],
  ],
  [
    'src-renderer/app/probe.ts',
    ['../features/board/view-model', '../stores/cluster', '@contract/ipc', 'vue-router'],
    [
      '../../src-main/domain/picture/assess',
      '../../src-main/profiles/secrets',
      '../../src-main/shell/csp',
      'electron',
      'node:fs',
      'kafkajs',
    ],
  ],
  [
    'tools/setup/probe.ts',
    ['./places', 'node:fs', '@electron/fuses'],
    ['../sandbox', '../../src-main/shared/severity', '../../test/support/rows', 'kafkajs', 'vitest'],
  ],
  [
    'tools/sandbox/probe.ts',
    ['./until', '../setup/places', '../../src-main/kafka/wire/codec', '../../src-main/shared/severity', 'kafkajs'],
    [
      '../suites/suite',
      '../../src-main/monitor/session',
      '../../src-main/change/core',
      '../../test/support/rows',
      'electron',
      'vitest',
    ],
  ],
  [
    'tools/suites/probe.ts',
    ['../setup/places', 'node:fs'],
    ['../sandbox', '../../src-main/shared/severity', '../../test/support/rows', 'vitest'],
  ],
  [
    'test/unit/monitor/probe.test.ts',
    ['../../../src-main/monitor/session', '../../support/rows', 'vitest', 'fast-check'],
    [
      '../../../tools/sandbox',
      '../../../tools/suites/suite',
      '../../integration/truth',
      '../../bench/report',
      '../../../src-renderer/stores/cluster',
      'node:child_process',
      'vue',
      'electron',
    ],
  ],
  [
    'test/unit/domain/probe.test.ts',
    ['../../../src-main/domain/topology/columns', '../../support/rows', 'vitest'],
    ['../../../src-main/monitor/session', '../../../src-main/ports/clock', 'node:fs', 'kafkajs'],
  ],
  [
    'test/unit/renderer/stores/probe.test.ts',
    ['../../../../src-renderer/stores/cluster', '../../../../src-main/contract/frame', '../../../support/rows', 'vue'],
    ['../../../../src-main/domain/topology/columns', '../../../../tools/sandbox', 'node:child_process', 'electron'],
  ],
  [
    'test/unit/tools/probe.test.ts',
    ['../../../tools/sandbox', '../../../tools/suites/suite', 'node:child_process'],
    ['../../../src-main/kafka/wire/codec', '../../support/rows', 'kafkajs'],
  ],
  [
    'test/support/probe.ts',
    ['../../src-main/monitor/session', '../../src-renderer/stores/cluster', '../../tools/sandbox', 'vitest'],
    ['../unit/lint/probe', '../e2e/launch', '../bench/report', '../../tools/suites/suite', '@playwright/test'],
  ],
  [
    'test/integration/probe.test.ts',
    ['../../src-main/kafka/client/transport', '../support/rows', '../../tools/sandbox', 'kafkajs'],
    ['../e2e/launch', '../bench/report', '../../src-renderer/stores/cluster', '@playwright/test'],
  ],
  [
    'test/e2e/probe.spec.ts',
    ['./launch', '../../src-main/contract/ipc', '../../tools/sandbox', '../support/rows', '@playwright/test'],
    ['../../src-main/monitor/session', '../../src-renderer/stores/cluster', '../bench/report', 'vitest'],
  ],
]

describe.each(boundaries)('%s', (file, allowed, forbidden) => {
  it('may import what it is made of', async () => {
    for (const specifier of allowed) expect(await complaints(file, asFile(file, specifier)), specifier).toEqual([])
  })

  it('may not import the rest', async () => {
    for (const specifier of forbidden)
      expect(await complaints(file, asFile(file, specifier)), specifier).toHaveLength(1)
  })
})

it('the product never imports tests or tools', async () => {
  for (const file of ['src-main/compose/probe.ts', 'src-main/kafka/client/probe.ts', 'src-renderer/app/probe.ts'])
    for (const other of ['test/support/rows', 'tools/setup/places']) {
      const up = '../'.repeat(file.split('/').length - 1)
      expect(await complaints(file, asFile(file, `${up}${other}`)), `${file}: ${other}`).toHaveLength(1)
    }
})

describe('every way to import', () => {
  it.each([
    ["import type { Thing } from 'electron'", 'src-main/domain/probe.ts'],
    ["import 'electron'", 'src-main/domain/probe.ts'],
    ["export * from 'electron'", 'src-main/domain/probe.ts'],
    ["export { app } from 'electron'", 'src-main/domain/probe.ts'],
    ["export const load = () => import('electron')", 'src-main/domain/probe.ts'],
    ["export const load = () => require('electron')", 'src-main/domain/probe.ts'],
    ["import { inputSchemas } from '@contract/schemas'", 'src-renderer/stores/probe.ts'],
  ])('%s is seen', async (line, file) => {
    expect(await complaints(file, `${line}\n`)).toHaveLength(1)
  })

  it('types of the schemas are for the page too', async () => {
    expect(
      await complaints(
        'src-renderer/stores/probe.ts',
        "import type { inputSchemas } from '@contract/schemas'\nexport type A = typeof inputSchemas\n",
      ),
    ).toEqual([])
  })
})
