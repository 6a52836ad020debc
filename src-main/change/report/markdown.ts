/** A change as Markdown for an incident channel. Names and broker messages are data of strangers: none of them becomes a heading, link or image. */
import type { ChangeView, Conflict, Effect, Plan, ShownOtherwise } from '../../contract/change'
import type { JournalRow } from '../../contract/journal'
import { printable } from '../../shared/printable'
import { say, sayAll } from '../../shared/words/say'
import { OVERWRITTEN } from '../book/outcome'
import { outcomes, shownBy, stepWords } from './steps'
import { ALARM_WORDS, FATE_WORDS, GONE_WORDS, keyState, LEVEL_WORDS, OUTCOME_WORDS, STATE_WORDS, utc } from './words'

/** More rows are nothing to read in a channel; JSON and CSV have them all. */
const MAX_ROWS = 100

const oneLine = (text: string): string => text.replace(/\p{Cc}+/gu, ' ')

/** Plain names as code, so that `_` and `*` in them are shown; anything else with every mark of Markdown escaped, on one line. */
export function quoted(text: string): string {
  if (/^[\w.,:;=@+/() -]+$/.test(text) && text.trim() === text) return `\`${text}\``
  if (text === '') return '(empty)'
  return printable(oneLine(text).replace(/[\\`*_{}[\]()#+.!|<>~&@:-]/g, '\\$&'))
}

/** A sentence that has names in it: what would make markup of them is escaped. */
const sentence = (text: string): string => printable(oneLine(text).replace(/[\\`*_[\]<>|~]/g, '\\$&'))

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return ['None.', '']
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const left = rows.length - MAX_ROWS
  return [
    line(head),
    line(head.map(() => '---')),
    ...rows.slice(0, MAX_ROWS).map(line),
    '',
    ...(left > 0 ? [`… and ${left.toLocaleString('en')} more; the JSON and CSV exports have all of them.`, ''] : []),
  ]
}

/** A fence that no line of the text can end. */
function fenced(lines: readonly string[]): string[] {
  const longest = Math.max(2, ...[...lines.join('\n').matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return [`${fence}sh`, ...lines, fence, '']
}

function effect({ id, level, says, reasons, readAt }: Effect): string {
  const why = reasons.length === 0 ? [] : [`Could not be computed: ${sayAll('en', reasons, quoted)}.`]
  const age = Number.isFinite(readAt) ? [`Read ${utc(readAt)}.`] : []
  return `- **${LEVEL_WORDS[level]}** ${[say('en', says, quoted), ...why, ...age].join(' ')} (${quoted(id)})`
}

function beforeAfter(plan: Plan): string[] {
  switch (plan.kind) {
    case 'config':
      return table(
        ['topic', 'key', 'before', 'after'],
        plan.items.map((item) => [
          quoted(plan.topics[item.topic] ?? '?'),
          quoted(item.key),
          quoted(keyState(item.before)),
          quoted(keyState(item.after)),
        ]),
      )
    case 'election':
      return [
        ...table(
          ['topic', 'partition', 'leader', 'preferred', 'fate'],
          plan.partitions.map((row) => [
            quoted(row.topic),
            String(row.partition),
            String(row.leader),
            String(row.preferred),
            FATE_WORDS[row.fate],
          ]),
        ),
        ...table(
          ['broker', 'leads before', 'leads after'],
          plan.leaders.map((row) => [row.broker, row.before, row.after].map(String)),
        ),
      ]
  }
}

function planned(plan: Plan): string[] {
  return [
    '## Before and after',
    '',
    ...beforeAfter(plan),
    `## Effects (risk: ${plan.level})`,
    '',
    ...(plan.effects.length === 0 ? ['None found.'] : plan.effects.map(effect)),
    '',
    ...(plan.commands.length === 0 ? [] : ['## The same by hand', '', ...fenced(plan.commands)]),
    ...(plan.noCommands === undefined ? [] : ['## The same by hand', '', say('en', plan.noCommands, quoted), '']),
  ]
}

function shownTable(differences: readonly ShownOtherwise[]): string[] {
  const rows = differences.map((row) => [
    String(row.broker),
    quoted(row.topic),
    quoted(row.key),
    quoted(keyState({ ...row, override: null })),
  ])
  return rows.length === 0 ? [] : table(['broker', 'topic', 'key', 'shows'], rows)
}

function outcome({ results, verification, watching }: ChangeView): string[] {
  const rows = results.map((row) => [
    quoted(row.topic),
    row.partition < 0 ? '' : String(row.partition),
    OUTCOME_WORDS[row.outcome],
    row.error === 0 || row.error === OVERWRITTEN ? '' : String(row.error),
    row.message === null ? '' : say('en', row.message, quoted),
  ])
  const verify =
    verification === null
      ? ['Not verified.']
      : [`${verification.outcome} at ${utc(verification.at)} on brokers ${shownBy(verification)}.`]
  const overwritten = watching?.outcome === 'overwritten' ? watching.differences : []
  const unseen =
    watching?.outcome === 'unseen'
      ? `: the cluster could not be read for ${Math.round(watching.unseenMs / 1000)} s of it`
      : ''
  const alarms = (watching?.alarms ?? []).map((row) => [
    utc(row.at),
    quoted(row.topic),
    String(row.partition),
    ALARM_WORDS[row.state],
  ])
  return [
    ...(rows.length === 0
      ? []
      : [`## Result: ${outcomes(results)}`, '', ...table(['topic', 'partition', 'result', 'error', 'message'], rows)]),
    '## Verification',
    '',
    ...verify,
    '',
    ...shownTable(verification?.differences ?? []),
    ...(watching === null
      ? []
      : [
          '## Watch',
          '',
          `${watching.outcome}${unseen}, from ${utc(watching.startedAt)} to ${utc(watching.until)}.`,
          '',
        ]),
    ...(alarms.length === 0 ? [] : table(['since', 'topic', 'partition', 'state'], alarms)),
    ...shownTable(overwritten),
  ]
}

const orNone = (value: string | null): string => (value === null ? 'no override' : quoted(value))

function elsewhere(conflict: Conflict): string[] {
  switch (conflict.kind) {
    case 'plan':
      return conflict.otherCluster === ''
        ? []
        : [`The address leads to another cluster: ${quoted(conflict.otherCluster)}.`, '']
    case 'undo':
      return []
  }
}

function replicationNow(conflict: Conflict): string[] {
  switch (conflict.kind) {
    case 'plan': {
      const rows = conflict.replication.map((row) => [
        quoted(row.topic),
        String(row.partition),
        quoted(row.base),
        quoted(row.now),
      ])
      return rows.length === 0 ? [] : table(['topic', 'partition', 'leader > ISR > replicas as planned', 'now'], rows)
    }
    case 'undo':
      return []
  }
}

function conflicted(conflict: Conflict): string[] {
  const config = conflict.config.map((row) => [
    quoted(row.topic),
    quoted(row.key),
    orNone(row.base),
    orNone(row.now),
    orNone(row.wanted),
  ])
  return [
    '## What another hand changed',
    '',
    ...elsewhere(conflict),
    ...(conflict.gone.length === 0
      ? []
      : [`${GONE_WORDS[conflict.kind]}: ${conflict.gone.map(quoted).join(', ')}.`, '']),
    ...(conflict.anew.length === 0
      ? []
      : [`Topics that were deleted and made anew: ${conflict.anew.map(quoted).join(', ')}.`, '']),
    ...(config.length === 0 ? [] : table(['topic', 'key', 'as planned', 'now', 'wanted'], config)),
    ...replicationNow(conflict),
  ]
}

export function markdown(change: ChangeView, rows: readonly JournalRow[]): string {
  const first = rows[0]
  const { conflict, plan } = change
  const lost = plan?.kind === 'config' ? plan.cannotRestore : []
  const facts = [
    `- State: ${STATE_WORDS[change.state]} (since ${utc(change.since)})`,
    `- Cluster: ${quoted(change.clusterName)}, ${change.environment}, Kafka id ${quoted(plan?.clusterId ?? first?.clusterId ?? '')}`,
    `- Begun: ${utc(change.createdAt)} by ${quoted(first?.osUser ?? '')} as ${quoted(first?.principal ?? '')}`,
    ...(change.confirmation === null || change.confirmation.reason === ''
      ? []
      : [`- Reason: ${quoted(change.confirmation.reason)}`]),
    ...(change.undoOf === '' ? [] : [`- Undoes: ${quoted(change.undoOf)}`]),
    ...(lost.length === 0 ? [] : [`- Cannot be brought back: ${lost.map(quoted).join(', ')}`]),
    ...(change.undoneBy === '' ? [] : [`- Undone by: ${quoted(change.undoneBy)}`]),
  ]
  return [
    `# Change ${quoted(change.id)}`,
    '',
    ...facts,
    '',
    ...(plan === null ? [] : planned(plan)),
    ...(conflict === null ? [] : conflicted(conflict)),
    ...outcome(change),
    '## Steps',
    '',
    ...rows.map((row) => `- ${utc(row.at)}, ${quoted(row.osUser)}: ${sentence(stepWords(row.event))}`),
    '',
  ].join('\n')
}
