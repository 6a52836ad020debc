/**
 * Which folder may import which: the table of docs/architecture, as data. `layersRule` turns it into an ESLint rule, and a test feeds one
 * forbidden import per boundary to ESLint, so that the table cannot rot.
 */
import { dirname, posix, relative, resolve, sep } from 'node:path'

const RENDERER_TESTS = {
  imports: ['src-renderer', 'src-main/contract', 'src-main/shared', 'test/support'],
  packages: ['node:*', 'vitest', 'fast-check', 'vue', 'vue-router', 'pinia', '@vue/test-utils'],
}

/**
 * The longest matching prefix decides a file's layer. `imports`: layers, or folders of them. `packages`: with `*` for the rest of a name; `never`
 * takes single ones out of it again.
 */
export const LAYERS = {
  'src-main/shared': { imports: [], packages: [] },
  'src-main/contract': { imports: ['src-main/shared'], packages: ['zod'] },
  'src-main/domain': { imports: ['src-main/contract', 'src-main/shared'], packages: [] },
  'src-main/ports': { imports: ['src-main/domain', 'src-main/contract', 'src-main/shared'], packages: ['node:*'] },
  'src-main/kafka': {
    imports: ['src-main/ports', 'src-main/domain', 'src-main/contract', 'src-main/shared'],
    packages: ['node:*', 'kafkajs'],
  },
  'src-main/monitor': {
    imports: ['src-main/ports', 'src-main/domain', 'src-main/contract', 'src-main/shared'],
    packages: ['node:*'],
  },
  'src-main/change': {
    imports: ['src-main/ports', 'src-main/domain', 'src-main/contract', 'src-main/shared'],
    packages: ['node:*'],
  },
  // What history/ and profiles/ have in common: files of SQLite.
  'src-main/sqlite': {
    imports: ['src-main/ports', 'src-main/contract', 'src-main/shared'],
    packages: ['node:*', 'libsql'],
  },
  'src-main/audit': {
    imports: [
      'src-main/change',
      'src-main/monitor',
      'src-main/history',
      'src-main/sqlite',
      'src-main/ports',
      'src-main/domain',
      'src-main/contract',
      'src-main/shared',
    ],
    packages: ['libsql', 'zod'],
  },
  'src-main/history': {
    imports: ['src-main/sqlite', 'src-main/ports', 'src-main/domain', 'src-main/contract', 'src-main/shared'],
    packages: ['node:*', 'libsql', 'zod'],
  },
  'src-main/profiles': {
    imports: ['src-main/sqlite', 'src-main/ports', 'src-main/domain', 'src-main/contract', 'src-main/shared'],
    packages: ['node:*', 'libsql'],
  },
  'src-main/telling': {
    imports: ['src-main/monitor', 'src-main/ports', 'src-main/domain', 'src-main/contract', 'src-main/shared'],
    packages: ['node:*'],
  },
  'src-main/ipc': {
    imports: [
      'src-main/contract',
      'src-main/shared',
      'src-main/domain',
      'src-main/ports',
      'src-main/monitor',
      'src-main/change',
      'src-main/audit',
      'src-main/history',
      'src-main/profiles',
    ],
    packages: ['node:*', 'electron', 'zod'],
  },
  'src-main/shell': {
    imports: ['src-main/contract', 'src-main/shared', 'src-main/ports', 'src-main/profiles'],
    packages: ['node:*', 'electron', 'electron-log'],
  },
  'src-main/preload': { imports: ['src-main/contract'], packages: ['electron'] },
  'src-main/index': { imports: ['src-main/compose', 'src-main/shell'], packages: ['node:*', 'electron'] },
  'src-main/compose': { imports: ['src-main'], packages: ['node:*', 'electron', 'electron-log'] },
  'src-main/inspect': {
    imports: [
      'src-main/kafka',
      'src-main/ports',
      'src-main/monitor',
      'src-main/domain',
      'src-main/contract',
      'src-main/shared',
      'src-main/history',
      'src-main/audit',
      'src-main/change',
    ],
    packages: ['node:*'],
  },
  'src-renderer/ui': { imports: ['src-main/shared'], packages: ['vue', 'reka-ui', '@tanstack/vue-virtual'] },
  'src-renderer/charts': {
    imports: ['src-renderer/ui', 'src-main/contract', 'src-main/shared'],
    packages: ['vue', 'echarts', 'echarts/*'],
  },
  'src-renderer/bridge': { imports: ['src-main/contract', 'src-main/shared'], packages: ['vue'] },
  'src-renderer/stores': {
    imports: ['src-renderer/bridge', 'src-main/contract', 'src-main/shared'],
    packages: ['vue', 'pinia'],
  },
  'src-renderer/features': {
    imports: [
      'src-renderer/stores',
      'src-renderer/bridge',
      'src-renderer/charts',
      'src-renderer/ui',
      'src-renderer/locales',
      'src-main/contract',
      'src-main/shared',
    ],
    packages: [
      'vue',
      'vue-i18n',
      'vue-router',
      'pinia',
      'reka-ui',
      '@tanstack/vue-virtual',
      'properties-file/parser',
      '@leeoniya/ufuzzy',
    ],
  },
  'src-renderer/locales': { imports: [], packages: [] },
  'src-renderer': {
    imports: ['src-renderer', 'src-main/contract', 'src-main/shared'],
    packages: ['vue', 'vue-i18n', 'vue-router', 'pinia', 'reka-ui', '@tanstack/vue-virtual'],
  },
  // Tools know codecs, types and tables of the product, never its parts that run. Those in plain .mjs and in setup work before anything is installed.
  tools: { imports: ['tools/setup'], packages: ['node:*'] },
  'tools/setup': { imports: [], packages: ['node:*', 'electron', '@electron/fuses', 'tsx'] },
  'tools/lint': { imports: [], packages: ['node:*', 'eslint'] },
  'tools/suites': { imports: ['tools/setup'], packages: ['node:*'] },
  'tools/sandbox': {
    imports: ['tools/setup', 'src-main/kafka', 'src-main/contract', 'src-main/shared'],
    packages: ['node:*', 'kafkajs'],
  },
  'tools/demo': { imports: ['tools/setup', 'tools/sandbox'], packages: ['node:*'] },
  'tools/run': { imports: ['tools/setup', 'tools/sandbox', 'tools/pictures'], packages: ['node:*'] },
  'tools/pictures': {
    imports: ['tools/setup', 'tools/sandbox', 'test/e2e', 'src-main/contract', 'src-main/shared'],
    packages: ['node:*', '@playwright/test'],
  },
  // Unit tests start no brokers and no processes; where a process is the matter, the folder says so.
  'test/unit': {
    imports: ['src-main', 'src-renderer/locales', 'test/support', 'tools/setup'],
    packages: ['node:*', 'vitest', 'fast-check', 'kafkajs', 'zod'],
    never: ['node:child_process'],
  },
  'test/unit/domain': {
    imports: ['src-main/domain', 'src-main/contract', 'src-main/shared', 'test/support'],
    packages: ['vitest', 'fast-check'],
  },
  'test/unit/renderer': { ...RENDERER_TESTS, never: ['node:child_process'] },
  // A shell reads the commands that are shown.
  'test/unit/renderer/features/common': RENDERER_TESTS,
  'test/unit/shared': {
    imports: ['src-main/contract', 'src-main/shared', 'test/support', 'test/unit/compile', 'tools/setup'],
    packages: ['node:*', 'vitest', 'fast-check'],
  },
  // A writer is killed in the middle, and a file is harmed.
  'test/unit/history': {
    imports: ['src-main', 'test/support', 'tools/setup'],
    packages: ['node:*', 'vitest', 'fast-check', 'libsql'],
  },
  'test/unit/lint': {
    imports: ['tools/lint', 'tools/setup', 'src-renderer/locales'],
    packages: ['node:*', 'vitest', 'eslint', 'typescript-eslint'],
  },
  // Texts are looked for as the compiler reads the components.
  'test/unit/renderer/locales': {
    imports: [...RENDERER_TESTS.imports, 'tools/setup'],
    packages: [...RENDERER_TESTS.packages, 'typescript', '@vue/language-core', '@volar/typescript'],
  },
  // The compiler refuses what must not compile.
  'test/unit/compile': {
    imports: ['src-main', 'src-renderer', 'tools/setup'],
    packages: ['node:*', 'vitest', 'typescript'],
  },
  'test/unit/bench': { imports: ['test/bench'], packages: ['vitest'] },
  'test/unit/tools': { imports: ['tools'], packages: ['node:*', 'vitest'] },
  'test/support': {
    imports: ['src-main', 'src-renderer', 'tools/setup', 'tools/sandbox'],
    packages: ['node:*', 'vitest', 'fast-check', 'typescript', 'vue', 'vue-router', 'pinia', '@vue/test-utils'],
  },
  // Our file is harmed, and read beside the code under test.
  'test/support/stores': {
    imports: ['src-main', 'test/support'],
    packages: ['node:*', 'libsql'],
  },
  'test/integration': {
    imports: ['src-main', 'src-renderer/features', 'test/support', 'tools/setup', 'tools/sandbox'],
    packages: ['node:*', 'vitest', 'fast-check', 'kafkajs', 'libsql', 'properties-file', '@electron/fuses'],
  },
  'test/e2e': {
    imports: [
      'src-main/contract',
      'src-main/shared',
      'src-renderer/locales',
      'test/support',
      'tools/setup',
      'tools/sandbox',
    ],
    packages: ['node:*', '@playwright/test', '@axe-core/playwright', 'kafkajs'],
  },
  // Nobody imports a bench.
  'test/bench': {
    // What inspect is compared with is bundled as inspect is.
    imports: ['src-main', 'test/support', 'test/e2e', 'tools/setup', 'tools/sandbox'],
    packages: ['node:*', '@playwright/test', 'kafkajs', 'electron', 'vite'],
  },
  'test/vue': { imports: [], packages: ['vue'] },
}

const ALIASES = { '@contract': 'src-main/contract', '@shared': 'src-main/shared' }

const under = (path, prefix) => path === prefix || path.startsWith(`${prefix}/`) || path.startsWith(`${prefix}.`)

/** Name of the layer a path (relative to the project, posix) belongs to, or null. */
export function layerOf(path) {
  const hits = Object.keys(LAYERS).filter((prefix) => under(path, prefix))
  return hits.sort((a, b) => b.length - a.length)[0] ?? null
}

const packageAllowed = (name, allowed) =>
  allowed.some((pattern) =>
    pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern || name.startsWith(`${pattern}/`),
  )

/** Why `from` may not import `specifier`, or null when it may. */
export function verdict(root, from, specifier, typeOnly) {
  const file = relative(root, from).split(sep).join(posix.sep)
  const layer = layerOf(file)
  if (layer === null)
    return /^(src-main|src-renderer|test|tools)\//.test(file)
      ? `${file} is in no layer: add its folder to tools/lint/layers.mjs`
      : null
  const rules = LAYERS[layer]
  const alias = Object.keys(ALIASES).find((name) => specifier === name || specifier.startsWith(`${name}/`))
  const local = specifier.startsWith('.') || alias !== undefined
  if (!local) {
    if (packageAllowed(specifier, rules.packages) && !rules.never?.includes(specifier)) return null
    return `${layer} may not import the package ${specifier}`
  }
  const target =
    alias !== undefined
      ? specifier.replace(alias, ALIASES[alias])
      : relative(root, resolve(dirname(from), specifier))
          .split(sep)
          .join(posix.sep)
  if (layer.startsWith('src-renderer') && under(target, 'src-main/contract/schemas') && !typeOnly) {
    return 'the renderer may import types only from contract/schemas'
  }
  const there = layerOf(target)
  if (there === layer) return null
  if (there !== null && rules.imports.some((allowed) => under(there, allowed))) return null
  return `${layer} may not import ${there ?? target}`
}

export const layersRule = {
  meta: { type: 'problem', schema: [], messages: { layer: '{{why}}' } },
  create(context) {
    const check = (node, source, typeOnly) => {
      if (source === null || source === undefined || typeof source.value !== 'string') return
      const why = verdict(context.cwd, context.filename, source.value, typeOnly)
      if (why !== null) context.report({ node, messageId: 'layer', data: { why } })
    }
    return {
      ImportDeclaration: (node) => check(node, node.source, node.importKind === 'type'),
      ExportNamedDeclaration: (node) => check(node, node.source, node.exportKind === 'type'),
      ExportAllDeclaration: (node) => check(node, node.source, node.exportKind === 'type'),
      ImportExpression: (node) => check(node, node.source, false),
      'CallExpression[callee.name="require"]': (node) => check(node, node.arguments[0], false),
    }
  },
}
