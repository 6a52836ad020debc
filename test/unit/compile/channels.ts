import { altered } from './compile'

const IPC = 'src-main/contract/ipc.ts'
const SCHEMAS = 'src-main/contract/schemas.ts'
const ROUTES = 'src-main/ipc/routes/app.ts'

/** Each file of a channel, with one line taken out or one changed. */
export const channels = [
  altered(IPC, "  'cluster:arm': true,\n", '', 'a channel left out of the list', /Property '"cluster:arm"' is missing/),
  altered(
    IPC,
    "  'cluster:arm': true,\n",
    "  'cluster:arm': true,\n  'cluster:disarm': true,\n",
    'a channel that is only in the list',
    /'cluster:disarm'' does not exist/,
  ),
  altered(SCHEMAS, "  'change:rest': byId,\n", '', 'a channel without a schema', /Property '"change:rest"' is missing/),
  altered(
    ROUTES,
    "  'settings:read': () => attempt('The settings could not be read', () => desk.readSettings()),\n",
    '',
    'a channel without a handler',
    /Property '"settings:read"' is missing/,
  ),
  altered(
    SCHEMAS,
    '  before: z.int().min(0),\n',
    '',
    'a schema without a required member',
    /'before' is missing in type/,
  ),
  altered(
    SCHEMAS,
    '  keyPassphrase: z.string().max(4096).exactOptional(),\n',
    '',
    'a schema without an optional member',
    /differsIn: "keyPassphrase"/,
  ),
  altered(
    SCHEMAS,
    'z.enum(JOURNAL_SHOWS)',
    "z.enum(JOURNAL_SHOWS).exclude(['all'])",
    'a schema without one value of a closed set',
    /differsIn: "show"/,
  ),
  altered(
    SCHEMAS,
    "    z.strictObject({ kind: z.literal('cluster') }),\n",
    '',
    'a schema without one member of a union',
    /differsIn: "kind"/,
  ),
  altered(
    SCHEMAS,
    'cluster: id, armed: z.boolean() })',
    'cluster: id, armed: z.boolean(), more: z.string() })',
    'a schema that lets through more',
    /differsIn: "more"/,
  ),
  altered(
    SCHEMAS,
    "z.literal('ack'), cluster: id, seq: int32",
    "z.literal('ack'), cluster: id, seq: int32.optional()",
    'a schema in which a required member may be left out',
    /undefined/,
  ),
]
