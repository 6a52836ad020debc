/** Words of the trade: where they stand in a sentence, in either language. What each means is `terms.<name>` of the locales. Pure. */
import type { Language } from '@shared/words/language'

interface Spellings {
  readonly en: readonly string[]
  readonly 'zh-CN': readonly string[]
}

/** As sentences of ours spell them. */
export const TERMS = {
  'min-isr': { en: ['min.insync.replicas', 'min ISR'], 'zh-CN': ['min.insync.replicas', '最小 ISR'] },
  isr: { en: ['in-sync replicas', 'in-sync replica', 'ISRs', 'ISR'], 'zh-CN': ['ISR'] },
  elr: { en: ['eligible leader replicas', 'ELR'], 'zh-CN': ['ELR'] },
  'acks-all': { en: ['acks=all', 'safe writes'], 'zh-CN': ['acks=all', '安全写入'] },
  unclean: { en: ['unclean elections', 'unclean election'], 'zh-CN': ['非同步选举'] },
  epoch: { en: ['leader epoch', 'epoch'], 'zh-CN': ['Leader Epoch', 'Epoch'] },
  'high-watermark': { en: ['high watermark', 'HW'], 'zh-CN': ['高水位', 'HW'] },
  'log-end': { en: ['log end offset', 'LEO'], 'zh-CN': ['日志末端偏移量', 'LEO'] },
  'log-start': { en: ['log start offset'], 'zh-CN': ['日志起始偏移量'] },
  fenced: { en: ['fenced'], 'zh-CN': ['隔离'] },
  'eviction-window': { en: ['eviction window', 'eviction'], 'zh-CN': ['移出时限'] },
  preferred: { en: ['preferred leader'], 'zh-CN': ['首选 Leader', '首选副本'] },
  'replication-factor': { en: ['replication factor', 'RF'], 'zh-CN': ['副本因子', 'RF'] },
  'under-replicated': { en: ['under-replicated'], 'zh-CN': ['副本不足'] },
  throttle: { en: ['replication throttle', 'throttle'], 'zh-CN': ['限流'] },
  reassignment: { en: ['reassignment', 'reassigned'], 'zh-CN': ['重分配'] },
  controller: { en: ['controllers', 'controller'], 'zh-CN': ['控制器'] },
  voter: { en: ['voters', 'voter'], 'zh-CN': ['投票者'] },
} as const satisfies Readonly<Record<string, Spellings>>

export type Term = keyof typeof TERMS
export const TERM_NAMES = Object.keys(TERMS) as readonly Term[]

export interface TextPart {
  readonly text: string
  /** null = words that need no explanation, or were explained before in this sentence. */
  readonly term: Term | null
}

interface Finder {
  readonly pattern: RegExp
  readonly termOf: ReadonlyMap<string, Term>
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** The longest spelling wins, so that `min ISR` is not an ISR. English words stand alone, and may begin a sentence. */
function finder(language: Language): Finder {
  const spelled = TERM_NAMES.flatMap((term) =>
    TERMS[term][language].flatMap((text) => [text, capital(text)].map((one) => [one, term] as const)),
  )
  const longestFirst = spelled.map(([text]) => escaped(text)).sort((a, b) => b.length - a.length)
  const alone = `(?<![\\w.-])(?:${longestFirst.join('|')})(?![\\w-])`
  return {
    pattern: new RegExp(language === 'en' ? alone : longestFirst.join('|'), 'g'),
    termOf: new Map(spelled),
  }
}
const FINDERS = { en: finder('en'), 'zh-CN': finder('zh-CN') } as const

/** A text in pieces that make it up again; each term once, where it stands first. */
export function textParts(text: string, language: Language): readonly TextPart[] {
  const { pattern, termOf } = FINDERS[language]
  const parts: TextPart[] = []
  const seen = new Set<Term>()
  let from = 0
  for (const { 0: found, index } of text.matchAll(pattern)) {
    const term = termOf.get(found)
    if (term === undefined || seen.has(term)) continue
    seen.add(term)
    if (index > from) parts.push({ text: text.slice(from, index), term: null })
    parts.push({ text: found, term })
    from = index + found.length
  }
  if (from < text.length) parts.push({ text: text.slice(from), term: null })
  return parts
}
