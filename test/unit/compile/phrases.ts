import { altered } from './compile'
import type { Fixture } from './compile'

const saying = (call: string, what: string, refused: RegExp | null): Fixture => ({
  what,
  path: `src-renderer/features/common/says-${what.replace(/\W+/g, '-')}.ts`,
  text: `
import type { Environment } from '@contract/profiles'
import type { Say } from './say'
export const words = (say: Say, environment: Environment, name: string): string => ${call} + environment + name
`,
  refused,
})

/** Texts of the window: each is there in both languages, and is asked for by a key that is one of them. */
export const phrases: readonly Fixture[] = [
  altered(
    'src-renderer/app/i18n.ts',
    "import zhCN from '../locales/zh-CN.json'\n",
    "import all from '../locales/zh-CN.json'\n\nconst { disputed, ...mark } = all.mark\nconst zhCN = { ...all, mark }\nexport { disputed }\n",
    'a phrase without Chinese',
    /'"disputed"' is missing/,
  ),
  saying("say.t('mark.elr')", 'a key that is there', null),
  saying('say.t(`env.${environment}`)', 'a key made from a closed set', null),
  saying(
    "say.t('mark.erl')",
    'a key that no text has',
    /'"mark\.erl"' is not assignable to parameter of type 'TextKey'/,
  ),
  saying('say.t(`env.${name}`)', 'a key made from an open string', /is not assignable to parameter of type 'TextKey'/),
  saying('say.t(name)', 'an open string as key', /'string' is not assignable to parameter of type 'TextKey'/),
]
