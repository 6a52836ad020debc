/**
 * No bare number of Kafka's where a name exists: error codes, kinds of resources and of settings, operations. Zero is left alone: "no error" reads
 * well as a number. What counts is the name of the other side (`error`, `errorCode`, `metadataError[row]`, `resourceType` …), so a table or a set
 * of bare codes is found where it is asked.
 */

/** Names that hold a code of Kafka's. */
const CODES = /(^e|E)rror(s|Code)?$|^(resourceType|configType|configOperation|electionType|apiKey)$/
/** May be one of Kafka's or of our own (states on the map): only a number written right there counts. */
const PERHAPS = /^code$/
/** Kafka's errors are from -1 up; below that are our own (OFFSET_TOO_LARGE). */
const LEAST = -1

const nameOf = (node) => {
  if (node.type === 'Identifier' || node.type === 'PrivateIdentifier') return node.name
  if (node.type === 'TSNonNullExpression' || node.type === 'ChainExpression') return nameOf(node.expression)
  if (node.type === 'MemberExpression') return nameOf(node.computed ? node.object : node.property)
  if (node.type === 'LogicalExpression') return nameOf(node.left)
  return ''
}

/** The number that an expression stands for, null when it is none or zero. */
const bare = (node) => {
  const negative = node.type === 'UnaryExpression' && node.operator === '-'
  const literal = negative ? node.argument : node
  if (literal.type !== 'Literal' || typeof literal.value !== 'number' || literal.value === 0) return null
  const value = negative ? -literal.value : literal.value
  return value < LEAST ? null : value
}

/** What a `const` of this module was made of. */
const initOf = (context, node) => {
  if (node.type !== 'Identifier') return null
  for (let scope = context.sourceCode.getScope(node); scope !== null; scope = scope.upper) {
    const definition = scope.set.get(node.name)?.defs[0]
    if (definition !== undefined) return definition.node.type === 'VariableDeclarator' ? definition.node.init : null
  }
  return null
}

/** `new Set([3, 5])`, `new Map([[3, 'gone']])`: the first bare code in it. */
const bareIn = (node) => {
  if (node?.type !== 'NewExpression' || !['Set', 'Map'].includes(node.callee.name)) return null
  const [list] = node.arguments
  if (list?.type !== 'ArrayExpression') return null
  const keys = list.elements.map((one) => (one?.type === 'ArrayExpression' ? one.elements[0] : one))
  return keys.map((key) => (key ? bare(key) : null)).find((code) => code !== null) ?? null
}

export const kafkaCodesRule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      bare: 'The bare code {{code}}: say it by its name (KafkaError in src-main/shared/kafka-codes.ts, or the table of its kind)',
    },
  },
  create(context) {
    const complain = (node, code) => {
      if (code !== null) context.report({ node, messageId: 'bare', data: { code: String(code) } })
    }
    const compare = (code, other) => {
      const name = nameOf(other)
      if (!CODES.test(name) && !PERHAPS.test(name)) return
      const direct = bare(code)
      const init = direct === null && CODES.test(name) ? initOf(context, code) : null
      complain(code, direct ?? (init === null ? null : bare(init)))
    }
    return {
      BinaryExpression({ operator, left, right }) {
        if (!['===', '!==', '<', '>', '<=', '>='].includes(operator)) return
        compare(right, left)
        compare(left, right)
      },
      LogicalExpression({ operator, left, right }) {
        if (operator === '??' && CODES.test(nameOf(left))) complain(right, bare(right))
      },
      SwitchCase({ parent, test }) {
        if (test !== null && CODES.test(nameOf(parent.discriminant))) complain(test, bare(test))
      },
      Property({ key, value, computed, parent }) {
        if (parent.type === 'ObjectExpression' && !computed && CODES.test(nameOf(key))) complain(value, bare(value))
      },
      CallExpression({ callee, arguments: [asked] }) {
        if (callee.type !== 'MemberExpression' || !['has', 'get'].includes(callee.property.name)) return
        if (asked !== undefined && CODES.test(nameOf(asked)))
          complain(asked, bareIn(initOf(context, callee.object) ?? callee.object))
      },
      'NewExpression[callee.name="PortError"]'({ arguments: given }) {
        if (given[3] !== undefined) complain(given[3], bare(given[3]))
      },
    }
  },
}
