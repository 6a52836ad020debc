import type { Rule } from 'eslint'

export declare const kafkaCodesRule: Rule.RuleModule
