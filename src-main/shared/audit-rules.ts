/** The rules of the audit, what each may find, and how grave that is at worst. What they mean stands in words/audit-texts.ts. */

/** Gravest first: acknowledged records may be lost; everything on it may stop; one more thing has to go wrong; nothing is at stake yet. */
export const AUDIT_RISKS = ['loses', 'stops', 'weak', 'untidy'] as const
export type AuditRisk = (typeof AUDIT_RISKS)[number]

export const isAsGraveAs = (risk: AuditRisk, than: AuditRisk): boolean =>
  AUDIT_RISKS.indexOf(risk) <= AUDIT_RISKS.indexOf(than)

interface RuleRow {
  readonly gravest: AuditRisk
  readonly variants: readonly string[]
}

/** In the order in which they are run and listed. */
export const AUDIT_RULES = {
  'single-replica': { gravest: 'loses', variants: ['one'] },
  'min-isr-one': { gravest: 'loses', variants: ['alone-now', 'may'] },
  'min-isr-all': { gravest: 'stops', variants: ['any-restart'] },
  'min-isr-above': { gravest: 'stops', variants: ['refuses', 'acts-as-rf', 'version-unknown'] },
  unclean: { gravest: 'loses', variants: ['on', 'not-read', 'by-file'] },
  'internal-topics': { gravest: 'loses', variants: ['single', 'few', 'alone', 'all'] },
  'one-rack': { gravest: 'stops', variants: ['partitions', 'cluster'] },
  'leaders-skewed': { gravest: 'weak', variants: ['stay'] },
  'throttle-left': { gravest: 'weak', variants: ['lists', 'rates'] },
  'brokers-differ': { gravest: 'weak', variants: ['window', 'min-isr', 'unclean', 'session'] },
  elr: { gravest: 'untidy', variants: ['off', 'useless'] },
  'retention-unlimited': { gravest: 'weak', variants: ['both'] },
  producers: { gravest: 'weak', variants: ['not-idempotent'] },
  quorum: { gravest: 'stops', variants: ['one', 'even'] },
  'metadata-version': { gravest: 'untidy', variants: ['behind'] },
} as const satisfies Readonly<Record<string, RuleRow>>

export type AuditRule = keyof typeof AUDIT_RULES
export type AuditFindingId = { [R in AuditRule]: `${R}.${(typeof AUDIT_RULES)[R]['variants'][number]}` }[AuditRule]

export const AUDIT_RULE_NAMES = Object.keys(AUDIT_RULES) as readonly AuditRule[]
export const AUDIT_FINDING_IDS = Object.entries(AUDIT_RULES).flatMap(([rule, { variants }]) =>
  variants.map((variant) => `${rule}.${variant}`),
) as readonly AuditFindingId[]

/** An accepted finding comes back on its end date; longer than this nobody may look away. */
export const ACCEPT_MOST_DAYS = 180
export const ACCEPT_LEAST_REASON = 10
