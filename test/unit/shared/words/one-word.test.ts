/** Chinese of the whole product: one word for one thing, and 你 where the reader is spoken to. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '../../../../tools/setup/places'

const WORDS = 'src-main/shared/words'
const sources = [
  'src-renderer/locales/zh-CN.json',
  ...readdirSync(join(projectRoot, WORDS), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `${WORDS}/${file.replaceAll('\\', '/')}`),
]
const lines = sources.flatMap((file) =>
  readFileSync(join(projectRoot, file), 'utf8')
    .split('\n')
    .map((text, at) => ({ at: `${file}:${at + 1}`, text }))
    .filter(({ text }) => /[\u4e00-\u9fff]/.test(text)),
)

/** What is not said, what is said instead, and of what. */
const CHOSEN = [
  ['您', '你', 'the reader'],
  ['重新分配', '重分配', 'reassignment'],
  ['限速', '限流', 'throttle'],
  ['位移', '偏移量', 'offset'],
  ['迟到', '滞后', 'late'],
  ['没有应答', '无响应', 'does not answer'],
  ['无应答', '无响应', 'does not answer'],
  ['消费组', '消费者组', 'consumer group'],
  ['撤回', '撤销', 'undo'],
  ['话题', '主题', 'topic'],
  ['追随者', 'Follower', 'follower'],
  ['跟随者', 'Follower', 'follower'],
  ['领导者', 'Leader', 'leader'],
  ['纪元', 'Epoch', 'epoch'],
  ['min ISR', '最小 ISR', 'min ISR'],
  ['应答', '响应', 'answer'],
  ['离开 ISR', '移出 ISR', 'leaves the ISR'],
  ['不得而知', '未知', 'unknown'],
  ['尚不可知', '未知', 'unknown'],
  ['小心', '注意', 'careful'],
] as const

const found = (texts: typeof lines, word: string): string[] =>
  texts.filter(({ text }) => text.includes(word)).map(({ at, text }) => `${at} ${text.trim()}`)

describe('Chinese', () => {
  it.each(CHOSEN)('does not say %s but %s (%s)', (word) => {
    expect(lines.length).toBeGreaterThan(2000)
    expect(found(lines, word)).toEqual([])
  })

  it.each(CHOSEN)('a text with %s would be found', (word) => {
    const planted = [...lines, { at: 'here', text: `前${word}后` }]
    expect(found(planted, word)).toEqual([`here 前${word}后`])
  })

  it('keeps to its own punctuation in what the main process says', () => {
    const half = lines.filter(({ text }) => /[\u4e00-\u9fff][,;:(!?]|[,;:)!?][\u4e00-\u9fff]/.test(text))
    expect(half.map(({ at, text }) => `${at} ${text.trim()}`)).toEqual([])
  })
})
