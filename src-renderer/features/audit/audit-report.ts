/** The audit as a report: Markdown, JSON, and one HTML file that needs nothing else. Pure. Names are data of strangers: none becomes markup. */
import type { AuditFinding, AuditView, DatedFinding } from '@contract/audit'
import { printable } from '@shared/printable'
import { findingText, riskWords, ruleText } from '@shared/words/audit-texts'
import { say as sentence, sayAll } from '@shared/words/say'
import type { Say } from '../common/say'
import { auditLine, auditTitle, rowName, rowWords, scoreWords } from './audit-words'

/** A text that a person reads; the JSON has all rows. */
const MOST_ROWS = 200

type Part =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'code'; readonly lines: readonly string[] }

const heading = (level: 1 | 2 | 3, text: string): Part => ({ kind: 'heading', level, text })
const text = (words: string): Part => ({ kind: 'text', text: words })
const list = (items: readonly string[]): Part => ({ kind: 'list', items })

function findingParts(say: Say, finding: DatedFinding): Part[] {
  const { title, why, fix } = findingText(say.f.locale, finding.id)
  const left = finding.rows.length - MOST_ROWS
  return [
    heading(3, `${riskWords(say.f.locale, finding.risk)}: ${title}`),
    text(why),
    ...finding.evidence.map((phrase) => text(sentence(say.f.locale, phrase))),
    list([
      ...finding.rows
        .slice(0, MOST_ROWS)
        .map((row, at) =>
          [rowName(say, row), rowWords(say, row), say.t('audit.since', { time: say.f.utc(finding.since[at]!) })]
            .filter((word) => word !== '')
            .join(' · '),
        ),
      ...(left > 0 ? [say.t('audit.whereMore', { n: say.f.count(left) }, left)] : []),
    ]),
    text(`${say.t('audit.report.fix')}: ${fix}`),
    ...(finding.commands.length === 0 ? [] : [{ kind: 'code', lines: finding.commands } as const]),
  ]
}

function partsOf(say: Say, view: AuditView, cluster: string): Part[] {
  const { report } = view
  if (report === null) return []
  const none = [text(say.t('audit.report.none'))]
  const blind = report.rules.filter(({ outcome, unseen }) => outcome !== 'idle' && unseen.length > 0)
  const ruleLine = (rule: (typeof report.rules)[number]): string =>
    `${ruleText(say.f.locale, rule.rule).clear}${rule.unseen.length === 0 ? '' : `: ${sayAll(say.f.locale, rule.unseen)}`}`
  const limits = report.rules.map(({ rule }) => ruleText(say.f.locale, rule).limit).filter((limit) => limit !== '')
  return [
    heading(1, say.t('audit.report.heading', { cluster })),
    text(auditTitle(say, view)),
    text(auditLine(say, view, report.at + report.tookMs)),
    text(say.t('audit.report.at', { utc: say.f.utc(report.at), took: say.f.duration(report.tookMs) })),
    text(`${say.t('audit.score.heading')}: ${scoreWords(say, view)}. ${say.t('audit.score.note')}`),
    heading(2, say.t('audit.report.open')),
    ...(view.open.length === 0 ? none : view.open.flatMap((finding) => findingParts(say, finding))),
    heading(2, say.t('audit.report.accepted')),
    ...(view.accepted.length === 0
      ? none
      : view.accepted.flatMap(({ finding, acceptance: { by, until, reason } }) => [
          ...findingParts(say, finding),
          text(say.t('audit.report.acceptedLine', { by, until: say.f.utc(until), reason })),
        ])),
    heading(2, say.t('audit.report.unknown')),
    ...(blind.length === 0 ? none : [list(blind.map(ruleLine))]),
    list([...limits, say.t('audit.reach')]),
    heading(2, say.t('audit.report.clear')),
    list(report.rules.filter(({ outcome }) => outcome === 'clear').map(ruleLine)),
    heading(2, say.t('audit.report.idle')),
    list(report.rules.filter(({ outcome }) => outcome === 'idle').map(ruleLine)),
  ]
}

const oneLine = (words: string): string => printable(words.replace(/\p{Cc}+/gu, ' '))
const forMarkdown = (words: string): string => oneLine(words).replace(/[\\`*_[\]<>|~#]/g, '\\$&')

function markdownPart(part: Part): string[] {
  switch (part.kind) {
    case 'heading':
      return [`${'#'.repeat(part.level)} ${forMarkdown(part.text)}`, '']
    case 'text':
      return [forMarkdown(part.text), '']
    case 'list':
      return [...part.items.map((item) => `- ${forMarkdown(item)}`), '']
    case 'code': {
      const longest = Math.max(2, ...[...part.lines.join('\n').matchAll(/`+/g)].map(([run]) => run.length))
      const fence = '`'.repeat(longest + 1)
      return [`${fence}sh`, ...part.lines.map(oneLine), fence, '']
    }
  }
}

export const auditMarkdown = (say: Say, view: AuditView, cluster: string): string =>
  partsOf(say, view, cluster).flatMap(markdownPart).join('\n')

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const forHtml = (words: string): string => oneLine(words).replace(/[&<>"']/g, (mark) => ENTITIES[mark]!)

function htmlPart(part: Part): string {
  switch (part.kind) {
    case 'heading':
      return `<h${part.level}>${forHtml(part.text)}</h${part.level}>`
    case 'text':
      return `<p>${forHtml(part.text)}</p>`
    case 'list':
      return `<ul>${part.items.map((item) => `<li>${forHtml(item)}</li>`).join('')}</ul>`
    case 'code':
      return `<pre>${part.lines.map(forHtml).join('\n')}</pre>`
  }
}

const STYLE =
  'body{font:15px/1.5 system-ui,sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#14212a}h3{margin-top:2em}pre{padding:.7em;background:#edf2f4;overflow:auto;white-space:pre-wrap}'

/** No script, no link and nothing from elsewhere; its policy forbids all of it once more. */
export function auditHtml(say: Say, view: AuditView, cluster: string): string {
  const title = forHtml(say.t('audit.report.heading', { cluster }))
  return `<!doctype html>
<html lang="${say.f.locale}">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${STYLE}</style>
${partsOf(say, view, cluster).map(htmlPart).join('\n')}
</html>
`
}

/** Unknown figures as null. */
const plain = (_key: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? null : value

/** Everything there is, with the sentences beside the figures. */
export function auditJson(say: Say, view: AuditView, cluster: string): string {
  const words = (finding: AuditFinding) => ({
    ...finding,
    title: findingText(say.f.locale, finding.id).title,
    sentences: finding.evidence.map((phrase) => sentence(say.f.locale, phrase)),
  })
  const { report, open, accepted, score, unknown, runs, ended } = view
  const whole = {
    cluster,
    takenAt: report === null ? null : new Date(report.at).toISOString(),
    score,
    scoreIsUpperBound: unknown > 0,
    open: open.map(words),
    accepted: accepted.map(({ finding, acceptance }) => ({ ...words(finding), acceptance })),
    ended,
    rules: (report?.rules ?? []).map(({ rule, outcome, unseen }) => ({
      rule,
      outcome,
      unseen: unseen.map((phrase) => sentence(say.f.locale, phrase)),
    })),
    runs,
  }
  return `${JSON.stringify(whole, plain, 2)}\n`
}
